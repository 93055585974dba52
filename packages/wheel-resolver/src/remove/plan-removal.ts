import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inSlices } from '@vivarium/core/internal';
import type { Context, PackageToInstall, RemoveStep, SeedingRequest } from '@vivarium/core/plugin';
import { normalizeName } from '../normalize-name.ts';

/** What is put in, and where. */
type Installing = Pick<SeedingRequest, 'environment' | 'mode'> & {
  readonly packages: readonly Pick<PackageToInstall, 'name'>[];
};

/**
 * The steps that take away what a standing environment has of the packages that are to be put in, so that each of them
 * is there once, in one version.
 */
export async function planRemoval(
  { environment, packages, mode }: Installing,
  pause: Context['pause'],
): Promise<readonly RemoveStep[]> {
  if (mode !== 'refresh') return [];
  const { destination, layout } = environment;
  const names = new Set(packages.map(({ name }) => name));
  const found = [...new Set([layout.purelib, layout.platlib])].flatMap((directory) =>
    list(join(destination, directory))
      .filter((entry) => names.has(distributionOf(entry)))
      .map((distInfo) => ({ destination, directory, distInfo })),
  );
  if (found.length === 0) return [];
  const { removable } = await import('./removable.ts');
  const paths = new Set<string>();
  for (const distribution of found) {
    for (const path of await inSlices(removable(distribution), pause)) paths.add(path);
  }
  return [...paths].map((path) => ({ kind: 'remove', path }));
}

function distributionOf(entry: string): string {
  return entry.endsWith('.dist-info') ? normalizeName(entry.slice(0, entry.indexOf('-'))) : '';
}

// Nothing exists before an environment was created, and in a plan for another platform.
function list(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
