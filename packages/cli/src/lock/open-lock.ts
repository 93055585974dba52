import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { type DecidePackages, messageOf, type PackageListSource, VivariumError } from '@vivarium/core/host';
import { LockError, type Pylock, parsePylock, parseRequirements, pylockName, type ReadLock } from '@vivarium/pylock';
import { buildSelected } from './build-selected.ts';
import { decideFromLock } from './decide.ts';
import { asVivariumError } from './lock-errors.ts';

/** Which lock is installed, and what of it. */
export interface LockRequest {
  /** Absolute path. */
  readonly file: string;
  readonly extras: readonly string[];
  readonly groups: readonly string[];
  /** Nothing may be fetched. */
  readonly isOffline: boolean;
  /** Of an existing environment, packages go that no list has installed. */
  readonly isExact: boolean;
  /** What has no wheel is built, which runs its code. */
  readonly allowBuild: boolean;
  readonly warn: (message: string) => void;
}

/**
 * Reads a lock file: a `pylock.toml` or `pylock.NAME.toml`, and otherwise a `requirements.txt` in which everything is
 * pinned and hashed.
 *
 * @throws VivariumError `LOCK_NOT_FOUND`, `LOCK_INVALID`
 */
export function openLock(request: LockRequest): DecidePackages {
  const { file, isOffline, isExact, allowBuild } = request;
  const { lock, source } = readLock(request);
  return decideFromLock({
    lock,
    directory: dirname(file),
    isOffline,
    isExact,
    source,
    ...(allowBuild ? { build: buildSelected({ directory: dirname(file), isOffline }) } : {}),
  });
}

/**
 * Reads a lock file.
 *
 * @throws VivariumError `LOCK_NOT_FOUND`, `LOCK_INVALID`
 */
export function readLock({ file, extras, groups, warn }: Pick<LockRequest, 'file' | 'extras' | 'groups' | 'warn'>): {
  readonly lock: Pylock;
  readonly source: PackageListSource;
} {
  const bytes = readBytes(file);
  const kind = kindOf(file);
  try {
    const { lock, warnings } = READERS[kind](bytes, { file });
    for (const { message, path, line } of warnings) {
      warn(`${path === '' ? '' : `${path}: `}${message} (${line === undefined ? '' : `line ${line} of `}${file})`);
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { lock, source: { kind, file, sha256, extras, groups } };
  } catch (error) {
    throw error instanceof LockError ? asVivariumError(error) : error;
  }
}

type Kind = 'pylock' | 'requirements';

const READERS: Readonly<Record<Kind, (bytes: Uint8Array, options: { readonly file: string }) => ReadLock>> = {
  pylock: parsePylock,
  requirements: parseRequirements,
};

/** @throws VivariumError `LOCK_INVALID` for a TOML file that has not the name of a lock */
function kindOf(file: string): Kind {
  const name = basename(file);
  if (pylockName(name) !== undefined) return 'pylock';
  if (extname(name) !== '.toml') return 'requirements';
  throw new VivariumError('LOCK_INVALID', `${file} has not the name of a lock`, {
    source: '--lock',
    hint: 'Its name has to be pylock.toml, or pylock.NAME.toml with a NAME without dots.',
  });
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new VivariumError('LOCK_NOT_FOUND', `The lock ${file} can't be read: ${messageOf(error)}`, {
      source: '--lock',
      cause: error,
      hint: 'Write one with `pip lock`, `uv export --format pylock.toml` or `pdm export -f pylock`.',
    });
  }
}
