import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SeedPackage, VivariumError } from '@vivarium/core';

/**
 * The wheels of a folder, by their file names (PyPA's "Binary distribution format").
 *
 * @throws VivariumError where there are none, or one that is for a certain platform only
 */
export function readWheels(folder: string | undefined): readonly SeedPackage[] {
  const files = folder !== undefined && existsSync(folder) ? readdirSync(folder).sort() : [];
  const wheels = files.filter((file) => file.endsWith('.whl'));
  if (folder === undefined || wheels.length === 0) {
    throw new VivariumError('__NAME__:WHEELS_NOT_FOUND', `There are no wheels in ${folder ?? 'no folder at all'}`, {
      hint: 'Name a folder that holds wheels with --__OPTION_FLAG__-wheels.',
    });
  }
  return wheels.map((file) => describeWheel(folder, file));
}

function describeWheel(folder: string, file: string): SeedPackage {
  const [, name, version] = /^([^-]+)-([^-]+)(?:-\d[^-]*)?-[^-]*py3[^-]*-none-any\.whl$/.exec(file) ?? [];
  if (name === undefined || version === undefined) {
    throw new VivariumError(
      '__NAME__:WHEEL_NOT_SUPPORTED',
      `${join(folder, file)} is not a pure Python wheel for Python 3`,
    );
  }
  const origin = join(folder, file);
  const sha256 = createHash('sha256').update(readFileSync(origin)).digest('hex');
  return { name, version, sha256, origin };
}
