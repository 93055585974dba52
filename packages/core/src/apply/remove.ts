import { lstatSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../error.ts';

/** Removes a directory of ours whatever it holds, and says whether it is gone. */
export function remove(directory: string): boolean {
  // What failed once may have been someone at work in there; what fails again will fail for ever.
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
      return true;
    } catch {
      // Anyone who asked tells the user that it is still there.
    }
  }
  return false;
}

/** The topmost directory that is missing of a path, which is what `removeMadeParents` is to be told afterwards. */
export function topmostMissing(directory: string): string | undefined {
  if (isThere(directory)) return undefined;
  const parent = dirname(directory);
  return parent === directory ? undefined : (topmostMissing(parent) ?? directory);
}

/** Removes the directories from `last` up to `first` as far as they are empty: those that a run made for a destination. */
export function removeMadeParents(first: string | undefined, last: string): void {
  if (first === undefined) return;
  for (let directory = last; directory.length >= first.length; directory = dirname(directory)) {
    try {
      rmdirSync(directory);
    } catch (error) {
      // Someone has put something there in the meantime: it stays. The innermost may not have been created.
      if (systemCode(error) !== 'ENOENT') return;
    }
  }
}

export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
