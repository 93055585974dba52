import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '@vivarium/core/internal';

/** The directory of the standard library of an installation: `lib/python3.12`, on Windows `Lib`. */
export function standardLibraryOf(directory: string): string | undefined {
  const windows = join(directory, 'Lib');
  if (existsSync(join(windows, 'os.py'))) return windows;
  const lib = join(directory, 'lib');
  const name = namesIn(lib).find((each) => /^python3\.\d+t?$/.test(each) && existsSync(join(lib, each, 'os.py')));
  return name === undefined ? undefined : join(lib, name);
}
