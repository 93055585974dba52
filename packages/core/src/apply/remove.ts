import { lstatSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../error.ts';

/** Removes a folder of ours whatever it holds, and says whether it is gone. */
export function remove(folder: string): boolean {
  // What failed once may have been somebody at work in there; what fails again will fail for ever.
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
      return true;
    } catch {
      // Whoever asked tells the user that it is still there.
    }
  }
  return false;
}

/** The topmost folder that is missing of a path, which is what `removeMadeParents` is to be told afterwards. */
export function topmostMissing(folder: string): string | undefined {
  if (isThere(folder)) return undefined;
  const parent = dirname(folder);
  return parent === folder ? undefined : (topmostMissing(parent) ?? folder);
}

/** Removes the folders from `last` up to `first` as far as they are empty: those that a run made for a destination. */
export function removeMadeParents(first: string | undefined, last: string): void {
  if (first === undefined) return;
  for (let folder = last; folder.length >= first.length; folder = dirname(folder)) {
    try {
      rmdirSync(folder);
    } catch (error) {
      // Somebody has put something there meanwhile: it stays. The innermost may not have been made.
      if (systemCode(error) !== 'ENOENT') return;
    }
  }
}

export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
