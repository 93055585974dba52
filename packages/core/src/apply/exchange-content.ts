import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import { type Exchange, nothingLeft, takenError } from './exchange.ts';
import { isThere, remove } from './remove.ts';
import { contentOf, leftoversIn, removeAbandoned, stagingPaths } from './staging.ts';

// The scripts leave first and come last, with what makes the directory an environment next to them: of what is half
// moved nothing can be started. A Python without its pyvenv.cfg would be the base's, and its pip would install there.
const OUT_FIRST = ['bin', 'Scripts', 'pyvenv.cfg'];

/**
 * For a destination that has to stay the same directory (a mount point, the working directory of the user's shell): the
 * staging directory is inside and the content is exchanged entry by entry. The names of the directories inside say how
 * far the exchange has come, so that {@link restoreContent} can put things right after a run that was killed.
 */
export function exchangeContent({ environment, mode }: Plan): Exchange {
  const { destination } = environment;
  removeAbandoned(destination, destination);
  const pathOf = stagingPaths(destination, destination);
  const directories: Directories = { staging: pathOf('new'), out: pathOf('out'), old: pathOf('old') };
  const { staging, out, old } = directories;
  mkdirSync(staging);
  const movedIn: string[] = [];

  return {
    staging,
    move() {
      const before = contentOf(destination);
      const others = leftoversIn(destination, destination).filter(({ path, role }) => role !== 'new' && path !== out);
      if ((mode === 'create' && before.length > 0) || others.length > 0) throw takenError(destination);
      mkdirSync(out);
      for (const name of scriptsFirst(before)) renameSync(join(destination, name), join(out, name));
      renameSync(out, old);
      for (const name of claimingFirst(staging)) {
        moveIn(name);
        movedIn.push(name);
      }
    },
    finish() {
      // In this order: an empty or missing staging directory says that the new one is whole.
      const directories = [staging, old].filter((directory) => isThere(directory));
      return directories.filter((directory) => !remove(directory));
    },
    undo() {
      try {
        restoreContent(destination, directories, movedIn);
      } catch {
        // What is still in the directories is told, and the next run tries again.
      }
      return nothingLeft([staging, out, old].filter((directory) => isThere(directory) && !isEmptied(directory)));
    },
  };

  function moveIn(name: string): void {
    try {
      renameSync(join(staging, name), join(destination, name));
    } catch (error) {
      const code = systemCode(error) ?? '';
      throw ['ENOTEMPTY', 'EEXIST', 'EISDIR', 'ENOTDIR'].includes(code) ? takenError(destination, error) : error;
    }
  }
}

/** The directories of one exchange. */
export interface Directories {
  readonly staging: string;
  readonly out: string;
  readonly old: string;
}

/** Whether everything has been moved in, so that what is at the destination is the new one, whole. */
export function isComplete({ staging, old }: Directories): boolean {
  return isThere(old) && (!isThere(staging) || readdirSync(staging).length === 0);
}

/**
 * Puts back what was moved out, however far the exchange has come, and takes the staging directory away.
 *
 * @param movedIn what exists of the new one, once all of the old one is out
 */
export function restoreContent(
  destination: string,
  { staging, out, old }: Directories,
  movedIn: readonly string[] = isThere(old) ? contentOf(destination) : [],
): void {
  if (isThere(old)) {
    if (!isThere(staging)) mkdirSync(staging);
    for (const name of scriptsFirst(movedIn)) move(join(destination, name), join(staging, name));
    move(old, out);
  }
  if (isThere(out)) {
    for (const name of scriptsFirst(readdirSync(out)).reverse()) move(join(out, name), join(destination, name));
    remove(out);
  }
  remove(staging);
}

// An error that does not last is none.
function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch {
    renameSync(from, to);
  }
}

function isEmptied(directory: string): boolean {
  return readdirSync(directory).length === 0 && remove(directory);
}

function scriptsFirst(names: readonly string[]): string[] {
  return [...names].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(name: string): number {
  const index = OUT_FIRST.indexOf(name);
  return index === -1 ? OUT_FIRST.length : index;
}

// A directory that is not empty can't be renamed to where another run has put one of its own: anyone who is first has
// won.
function claimingFirst(staging: string): string[] {
  const entries = readdirSync(staging, { withFileTypes: true });
  const isClaim = new Map(
    entries.map((entry) => [entry.name, entry.isDirectory() && readdirSync(join(staging, entry.name)).length > 0]),
  );
  return [...isClaim.keys()].sort((a, b) => {
    return rankOf(b) - rankOf(a) || Number(isClaim.get(b)) - Number(isClaim.get(a));
  });
}
