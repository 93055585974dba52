import type { PackageToInstall } from '@vivarium/core/plugin';
import { isSameVersion, normalizeName } from '@vivarium/wheel-resolver';
import { type WheelContents, WheelError } from '@vivarium/wheel-resolver/reading';

/**
 * Refuses a wheel that is not of the package that it is installed as: by its METADATA, and by the name of its
 * `.dist-info` directory.
 *
 * @throws WheelError
 */
export function checkIdentity({ distInfo, metadata }: WheelContents, { name, version }: PackageToInstall): void {
  if (normalizeName(metadata.name) !== name || !isSameVersion(metadata.version, version)) {
    throw new WheelError(`its metadata says ${metadata.name} ${metadata.version}, and not ${name} ${version}`);
  }
  const stem = distInfo.replace(/\.dist-info$/, '');
  const at = stem.lastIndexOf('-');
  if (normalizeName(stem.slice(0, at)) !== name || !isSameVersion(stem.slice(at + 1).replaceAll('_', '-'), version)) {
    throw new WheelError(`its metadata is in ${distInfo}, and it is ${name} ${version}`);
  }
}
