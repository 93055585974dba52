import { renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { temporaryName } from '../temporary-name.ts';

/**
 * Creates a file under its own name where nothing can be in the way; elsewhere under a temporary name next to it and then
 * renames it, so that at each moment the old file or the new one is there, whole. Links in the way are replaced
 * themselves, never followed.
 */
export function putInPlace(path: string, isFresh: boolean, make: (name: string) => void): void {
  if (isFresh) {
    make(path);
    return;
  }
  const temporary = join(dirname(path), `.${temporaryName()}.${basename(path).slice(0, 100)}.tmp`);
  try {
    make(temporary);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  // Renaming one hard link of a file onto another of the same file does nothing (POSIX rename) and leaves both names.
  rmSync(temporary, { force: true });
}
