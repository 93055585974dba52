import { type Dirent, opendirSync } from 'node:fs';

/** A directory with more entries than this is not read to its end. */
const MAX_ENTRIES = 100_000;

/** The entries of a directory in the order of their names, or nothing where it can't be read. */
export function listDirectory(path: string): readonly Dirent[] {
  return readEntries(path).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The entries of a directory in the order of the file system, or nothing where it can't be read. */
export function readEntries(path: string): Dirent[] {
  const entries: Dirent[] = [];
  try {
    const directory = opendirSync(path, { bufferSize: 256 });
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
  return entries;
}
