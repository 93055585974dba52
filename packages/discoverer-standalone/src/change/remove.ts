import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { withClaim } from '@vivarium/core/internal';
import { type Context, messageOf, VivariumError } from '@vivarium/core/plugin';
import { type InstalledBuild, listBuilds } from '../store/builds.ts';
import { notWritable } from '../store/directory.ts';
import { clearRemoved, removingName } from '../store/leftovers.ts';
import { updateMinorLink } from '../store/minor-link.ts';
import { linkName } from '../store/receipt.ts';
import { type EnvironmentUse, usersOf } from './users.ts';

/** What is to be removed. */
export interface RemoveRequest {
  readonly store: string;
  readonly builds: readonly InstalledBuild[];
  /** The environments that are known. */
  readonly environments: readonly EnvironmentUse[];
  /** Removes it even if environments use it. @default false */
  readonly force?: boolean;
  readonly context: Context;
}

/**
 * Removes managed Pythons. Environments that were created with the link of the minor version go on with the newest that
 * stays; where none stays, or an environment names exactly this build, nothing at all is removed.
 *
 * @throws VivariumError `PYTHON_PROTECTED`, `PYTHON_STORE_NOT_WRITABLE`
 */
export async function removeBuilds({
  store,
  builds,
  environments,
  force = false,
  context,
}: RemoveRequest): Promise<void> {
  if (!force) assertUnused({ store, builds, environments });
  const { cache, signal } = context;
  for (const build of builds) {
    const { directory } = build;
    await withClaim({ destination: directory, cache, signal, isShown: true }, async () => {
      try {
        // What environments were created with leads to another one before this one is gone.
        await updateMinorLink({ store, series: build, without: build.name, context });
        await rename(directory, join(store, removingName()));
        await clearRemoved(store);
      } catch (error) {
        throw notWritable(`${directory} can't be removed: ${messageOf(error)}`, error);
      }
    });
  }
}

function assertUnused({ store, builds, environments }: Pick<RemoveRequest, 'store' | 'builds' | 'environments'>): void {
  const removed = new Set(builds.map(({ name }) => name));
  const rest = listBuilds(store).filter(({ name }) => !removed.has(name));
  for (const build of builds) {
    const hasSuccessor = rest.some((other) => linkName(other) === linkName(build));
    const users = usersOf(build, environments).filter(({ isByLink }) => !(isByLink && hasSuccessor));
    if (users.length > 0)
      throw inUse(
        build,
        users.map(({ directory }) => directory),
      );
  }
}

const MAX_SHOWN = 10;

function inUse({ version, name }: InstalledBuild, users: readonly string[]): VivariumError {
  const more = users.length > MAX_SHOWN ? [`  and ${users.length - MAX_SHOWN} more`] : [];
  const lines = [...users.slice(0, MAX_SHOWN).map((user) => `  ${user}`), ...more];
  return new VivariumError('PYTHON_PROTECTED', [`Python ${version} (${name}) is used by`, ...lines].join('\n'), {
    hint: `Remove these first, lead them to another Python with \`vivarium repair ENV -p SPEC\`, or upgrade with \`vivarium pythons upgrade ${version.split('.').slice(0, 2).join('.')}\`; --force removes it all the same.`,
  });
}

/** The builds that are not the newest of their minor version and that no known environment uses. */
export function supersededBuilds(
  builds: readonly InstalledBuild[],
  environments: readonly EnvironmentUse[],
): readonly InstalledBuild[] {
  return builds.filter((build) => build.link === undefined && usersOf(build, environments).length === 0);
}
