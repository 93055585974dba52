import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type EnvironmentUse, notedEnvironments } from '@vivarium/discoverer-standalone/managed';
import { type Inspection, inspect } from '@vivarium/environments';
import { collect } from '../environments/collect.ts';

/**
 * The environments that are known, and the paths by which each names its Python: those at the places where programs keep
 * environments, and those that were noted in the store when they were created.
 */
export async function knownEnvironments(store: string): Promise<readonly EnvironmentUse[]> {
  const { listed } = await collect({});
  const kept = listed.flatMap((one) => ('inspection' in one ? [useOf(one.inspection)] : []));
  const seen = new Set(kept.map(({ directory }) => directory));
  const noted = notedEnvironments(store, (path) => existsSync(join(path, 'pyvenv.cfg')));
  return [...kept, ...noted.filter((path) => !seen.has(path)).map((path) => useOf(inspect(path, { packages: false })))];
}

function useOf({ directory, recorded, python }: Inspection): EnvironmentUse {
  // What is recorded as the executable is where the link of the minor version led when the environment was created.
  const named = [recorded.home, ...python.links];
  return { directory, paths: named.filter((path) => path !== undefined) };
}
