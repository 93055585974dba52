import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../error.ts';

/** The name of the file that marks a cache. */
export const MARK = 'CACHEDIR.TAG';

/**
 * Marks a folder as a cache (Cache Directory Tagging Specification), for backups, and for whoever is told to empty it:
 * a folder without the mark may be anything.
 */
export function markCache(folder: string): void {
  const text = `Signature: 8a477f597d28d172789f06886806bc55
# This folder is vivarium's cache. Everything in it can be made again.
# What this file means is said at https://bford.info/cachedir/
`;
  try {
    writeFileSync(join(folder, MARK), text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** Takes the mark away from a folder that is to go. */
export function unmarkCache(folder: string): void {
  rmSync(join(folder, MARK), { force: true });
}

/** Whether a folder is marked as a cache. */
export function isMarkedCache(folder: string): boolean {
  return existsSync(join(folder, MARK));
}
