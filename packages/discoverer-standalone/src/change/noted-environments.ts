import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { fingerprint, namesIn, readSmallFile } from '@vivarium/core/internal';
import { systemCode } from '@vivarium/core/plugin';
import { receiptAt } from '../store/receipt.ts';

const DIRECTORY = '.environments';

/**
 * Notes in the store that an environment was created with one of its Pythons, so that it is known when that is to be
 * removed, wherever it is. What can't be noted is only not known then.
 *
 * @param prefix the directory of the Python, by the link of its minor version or by its own name
 */
export function noteEnvironment(prefix: string, environment: string): void {
  try {
    const real = realpathSync.native(prefix);
    if (receiptAt(real) === undefined) return;
    const directory = join(dirname(real), DIRECTORY);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(join(directory, fingerprint(environment)), `${environment}\n`, { mode: 0o600 });
  } catch (error) {
    // The store may belong to the system, or be on a full disk.
    if (systemCode(error) === undefined) throw error;
  }
}

/**
 * The environments that were noted.
 *
 * @param exists whether an environment is still there; notes of others are removed
 */
export function notedEnvironments(store: string, exists: (environment: string) => boolean): readonly string[] {
  const directory = join(store, DIRECTORY);
  return namesIn(directory).flatMap((name) => {
    const path = readSmallFile(join(directory, name))?.text.trim() ?? '';
    if (isAbsolute(path) && exists(path)) return [path];
    rmSync(join(directory, name), { force: true });
    return [];
  });
}
