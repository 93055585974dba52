import { join } from 'node:path';
import { normalizeName } from '@vivarium/packaging';
import { listDirectory } from '../read/list-directory.ts';
import { readBounded } from '../read/read-bounded.ts';
import type { Distribution } from './inspection.ts';

/** What environments are created with. */
const SEEDS: ReadonlySet<string> = new Set(['pip', 'setuptools', 'wheel']);

/**
 * The distributions that are installed in some directories of packages.
 *
 * @param sitePackages relative to the environment, written with `/`
 */
export function readDistributions(directory: string, sitePackages: readonly string[]): readonly Distribution[] {
  return sitePackages.flatMap((packages) =>
    listDirectory(join(directory, packages)).flatMap(({ name }) => {
      const words = /^(?<name>[^-~][^-]*)(?:-(?<version>[^-]+?))?(?:-py\d.*)?\.(?<kind>dist-info|egg-info)$/.exec(name);
      const { groups } = words ?? {};
      if (groups?.name === undefined) return [];
      const path = `${packages}/${name}`;
      return [{ name: groups.name, version: groups.version ?? '', path, ...metadataOf(join(directory, path)) }];
    }),
  );
}

/** The normalized names of the seeds among them. */
export function seedsOf(distributions: readonly Distribution[]): readonly string[] {
  const names = distributions.map(({ name }) => normalizeName(name));
  return [...new Set(names)].filter((name) => SEEDS.has(name));
}

function metadataOf(path: string): Pick<Distribution, 'installer' | 'url' | 'isEditable'> {
  const installer = readBounded(join(path, 'INSTALLER'))?.trim().slice(0, 100);
  const direct = directUrl(readBounded(join(path, 'direct_url.json')));
  return { ...(installer ? { installer } : {}), ...direct };
}

function directUrl(text: string | undefined): Pick<Distribution, 'url' | 'isEditable'> {
  try {
    const { url, dir_info } = JSON.parse(text ?? 'null') ?? {};
    return { ...(typeof url === 'string' ? { url } : {}), isEditable: dir_info?.editable === true };
  } catch {
    return { isEditable: false };
  }
}
