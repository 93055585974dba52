import { lstatSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * How a new environment, finished in a staging folder, takes its place. `move` is the moment at which it appears;
 * `undo` may be called at any time before `finish` and puts everything back as it was.
 */
export interface Exchange {
  readonly staging: string;
  move(): void;
  finish(): void;
  undo(): void;
}

/** The destination has to stay the same folder: something is mounted there, or the folder above can't be written. */
export class FixedFolder extends Error {}

/** Removes a folder of ours whatever it holds. */
export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Removes the folders from `last` up to `first` as far as they are empty: those that a run made for a destination. */
export function removeMadeParents(first: string | undefined, last: string): void {
  if (first === undefined) return;
  try {
    for (let folder = last; folder.length >= first.length; folder = dirname(folder)) rmdirSync(folder);
  } catch {
    // Somebody has put something there meanwhile: it stays.
  }
}

export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Whether `folder` is this process's working folder, which its shell would lose if it were replaced. */
export function isWorkingFolder(folder: string): boolean {
  try {
    return realpathSync(folder) === process.cwd();
  } catch {
    return false;
  }
}
