import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../error.ts';
import { createDirectory } from './create-directory.ts';
import { isMissing } from './retry-if-missing.ts';

/** The name of the file that marks a cache. Others use it too: what it says tells whose cache it is. */
export const MARK = 'CACHEDIR.TAG';

const TEXT = `Signature: 8a477f597d28d172789f06886806bc55
# This directory is vivarium's cache. Everything in it can be built again.
# Cache Directory Tagging Specification: https://bford.info/cachedir/
`;

/**
 * Marks a directory as a cache (Cache Directory Tagging Specification), for backups, and for `cache clean`: a directory
 * without the mark may be anything. A mark that is there stays, anyone who's it is.
 */
export function markCache(directory: string): void {
  try {
    writeFileSync(join(directory, MARK), TEXT, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
  }
}

/** Takes the mark away from a directory that is to go. */
export function unmarkCache(directory: string): void {
  rmSync(join(directory, MARK), { force: true });
}

/** Whether a directory is marked, by a file that says what we write, as a cache of vivarium. */
export function isMarkedCache(directory: string): boolean {
  return readMark(directory) === TEXT;
}

/** What the mark of a directory says: nothing where there is none, `undefined` where it is no file that can be read. */
function readMark(directory: string): string | undefined {
  let file: number;
  try {
    // Neither through a link nor from a FIFO, which would wait for ever.
    file = openSync(
      join(directory, MARK),
      constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
    );
  } catch (error) {
    return isMissing(error) ? '' : undefined;
  }
  try {
    if (!fstatSync(file).isFile()) return undefined;
    const found = Buffer.alloc(TEXT.length + 1);
    return found.toString('latin1', 0, readSync(file, found));
  } finally {
    closeSync(file);
  }
}

/**
 * Makes a directory a cache if it is one already, is empty, or does not exist. Anything else stays what it is: whatever
 * is in it would be deleted with the cache.
 *
 * @returns whether the directory is a cache now
 */
export function adoptDirectory(directory: string): boolean {
  if (createDirectory(directory)) markCache(directory);
  return holdsSoon(directory, () => {
    if (isMarkedCache(directory)) return true;
    if (readdirSync(directory).length > 0) return false;
    markCache(directory);
    return isMarkedCache(directory);
  });
}

// A run that has just created the directory, or is just emptying it, marks it in the next moment.
const WAITS = 9;
const WAIT_MS = 50;

/**
 * Whether a condition about the mark of a directory holds now or within half a second. It is not waited for where the
 * mark is there and says something else: no run is writing ours.
 */
export function holdsSoon(directory: string, condition: () => boolean): boolean {
  for (let waits = 0; !condition(); waits += 1) {
    if (waits === WAITS || !TEXT.startsWith(readMark(directory) ?? '-')) return false;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
  }
  return true;
}
