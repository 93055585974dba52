import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PackageToInstall, VivariumError } from '@vivarium/core/plugin';

/**
 * The wheels of a directory, by their file names (PyPA's "Binary distribution format").
 *
 * @throws VivariumError where there are none, or one that is for a certain platform only
 */
export function readWheels(directory: string | undefined): readonly PackageToInstall[] {
  const files = directory !== undefined && existsSync(directory) ? readdirSync(directory).sort() : [];
  const wheels = files.filter((file) => file.endsWith('.whl'));
  if (directory === undefined || wheels.length === 0) {
    throw new VivariumError(
      'previous:WHEELS_NOT_FOUND',
      `There are no wheels in ${directory ?? 'no directory at all'}`,
      {
        hint: 'Name a directory that holds wheels with --previous-wheels.',
      },
    );
  }
  return wheels.map((file) => describeWheel(directory, file));
}

function describeWheel(directory: string, file: string): PackageToInstall {
  const [, name, version] = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-[^-]*py3[^-]*-none-any\.whl$/.exec(file) ?? [];
  if (name === undefined || version === undefined) {
    throw new VivariumError(
      'previous:WHEEL_NOT_SUPPORTED',
      `${join(directory, file)} is not a pure Python wheel for Python 3`,
    );
  }
  const path = join(directory, file);
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  return { name, version, wheel: file, sha256, origin: path, path, isRequested: false };
}
