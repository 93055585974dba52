import { renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Directories, isComplete, restoreContent } from './exchange-content.ts';
import { isThere, remove } from './remove.ts';
import { type Leftover, leftoversIn } from './staging.ts';

/**
 * Puts right what runs for a destination that were killed left half done, so that what exists is an environment
 * whole, the old or the new one, before anything is decided by it.
 */
export function recoverDestination(destination: string): void {
  recoverDirectory(destination);
  recoverContent(destination);
}

/** A run that was killed between two renames has moved the old one away and not yet put the new one in its place. */
function recoverDirectory(destination: string): void {
  const abandoned = leftoversIn(dirname(destination), destination).filter(({ isAbandoned }) => isAbandoned);
  const old = abandoned.filter(({ role }) => role === 'old').sort(newestFirst)[0];
  if (old === undefined || isThere(destination)) return;
  try {
    renameSync(old.path, destination);
  } catch {
    // Another run has put it back, or it can't be; it is not deleted as long as nothing exists.
  }
}

function recoverContent(destination: string): void {
  const abandoned = leftoversIn(destination, destination).filter(({ isAbandoned }) => isAbandoned);
  for (const token of new Set(abandoned.map((leftover) => leftover.token))) {
    const directories = directoriesOf(abandoned.filter((leftover) => leftover.token === token));
    try {
      if (isComplete(directories)) [directories.staging, directories.old].forEach(remove);
      else restoreContent(destination, directories);
    } catch {
      // Nothing can be written here, and the run is about to say so.
    }
  }
}

function directoriesOf(leftovers: readonly Leftover[]): Directories {
  const [one] = leftovers;
  const pathOf = (role: string): string => one?.path.replace(`${one.role}-${one.token}`, `${role}-${one.token}`) ?? '';
  return { staging: pathOf('new'), out: pathOf('out'), old: pathOf('old') };
}

function newestFirst(a: Leftover, b: Leftover): number {
  return changedAt(b.path) - changedAt(a.path);
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0;
}
