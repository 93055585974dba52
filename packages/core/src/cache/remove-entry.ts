import { lstatSync, readdirSync, renameSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../error.ts';
import { isMissing } from './retry-if-missing.ts';
import { stagingName } from './staging-name.ts';

/**
 * Removes something from a cache. It leaves its name at once, so that no run begins to read what is half gone. Where the
 * file system can't rename it (a directory that comes from a lower layer of an overlay, for example), it is emptied in
 * its place, files before directories: an image loses its manifest first, without which it is none.
 *
 * What does not exist is no error. What is mounted inside is not touched, and is one.
 */
export function removeEntry(path: string): void {
  const aside = stagingName(path);
  try {
    renameSync(path, aside);
  } catch (error) {
    if (!isMissing(error)) removeTree(path);
    return;
  }
  try {
    removeTree(aside);
  } catch (error) {
    // Another run may be removing the same, and be a moment ahead or behind.
    if (systemCode(error) !== 'ENOTEMPTY') throw error;
  }
}

/** Removes what has a name under which no run reads it, as far as the system lets us: `cache prune` tries again. */
export function removeQuietly(path: string): void {
  try {
    removeTree(path);
  } catch {
    // It may have been removed in the meantime by that.
  }
}

function removeTree(path: string): void {
  // There, files that are in use or read-only need what Node does about them.
  if (process.platform === 'win32') rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  else removeOnDevice(path, undefined);
}

function removeOnDevice(path: string, device: number | undefined): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) {
    ignoreMissing(() => unlinkSync(path));
    return;
  }
  if (stats.dev !== (device ?? stats.dev)) throw new Error(`${path} is a mount point`);
  const entries = ignoreMissing(() => readdirSync(path, { withFileTypes: true })) ?? [];
  const filesFirst = [...entries].sort((a, b) => Number(a.isDirectory()) - Number(b.isDirectory()));
  for (const entry of filesFirst) removeOnDevice(join(path, entry.name), stats.dev);
  ignoreMissing(() => rmdirSync(path));
}

function ignoreMissing<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
