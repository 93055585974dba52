import { createHash } from 'node:crypto';
import type { DecidePackages } from '@vivarium/core/host';
import { buildSelected } from './build-selected.ts';
import { decideFromLock } from './decide.ts';
import { lockText, writeLock } from './lock-file.ts';
import type { ResolverName } from './request.ts';
import { requirementsDigest } from './requirements-digest.ts';
import { resolveRequirements } from './resolve-requirements.ts';

/** Requirements that the packages of an environment are decided from. */
export interface RequirementsDecision {
  readonly resolver: ResolverName;
  /** Absolute paths. */
  readonly files: readonly string[];
  readonly specs: readonly string[];
  readonly allowBuild: boolean;
  /** Of an existing environment, packages go that no list has installed. */
  readonly isExact: boolean;
  /** Where the lock is written to, absolute. */
  readonly writeTo: string | undefined;
}

/**
 * The packages that requirements stand for: a resolver turns them into a lock, and that is installed.
 *
 * What `DecidePackages` throws: what {@link resolveRequirements} does, `LOCK_NOT_WRITTEN`, and what a lock can fail with.
 */
export function decideFromRequirements({
  resolver,
  files,
  specs,
  allowBuild,
  isExact,
  writeTo,
}: RequirementsDecision): DecidePackages {
  return async (request) => {
    const { environment, context } = request;
    const { interpreter } = environment;
    const { lock, requested } = await resolveRequirements(resolver, { files, specs, allowBuild, interpreter, context });
    if (writeTo !== undefined) writeLock(writeTo, lock, '--write-lock');
    const sha256 = createHash('sha256').update(lockText(lock, writeTo)).digest('hex');
    const decision = await decideFromLock({
      lock,
      directory: context.cwd,
      isOffline: false,
      isExact,
      source: {
        kind: 'pylock',
        ...(writeTo === undefined ? {} : { file: writeTo }),
        sha256,
        requirements: requirementsDigest({ requirements: files, with: specs, resolver, allowBuild }),
        extras: [],
        groups: [],
      },
      ...(allowBuild ? { build: buildSelected({ directory: context.cwd, isOffline: false }) } : {}),
    })(request);
    if (requested === undefined) return decision;
    return {
      ...decision,
      packages: decision.packages.map((one) => ({ ...one, isRequested: requested.has(one.name) })),
    };
  };
}
