import { type Dirent, opendirSync } from 'node:fs';

/** No directory of an environment has more; what is beyond that is not looked at. */
const MAX_ENTRIES = 100_000;

/** The entries of a directory in the order of their names, or nothing where it can't be read. */
export function listDirectory(path: string): readonly Dirent[] {
  const entries: Dirent[] = [];
  try {
    const directory = opendirSync(path);
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        entries.push(entry);
        if (entries.length >= MAX_ENTRIES) break;
      }
    } finally {
      directory.closeSync();
    }
  } catch {
    // What was read so far counts.
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}
