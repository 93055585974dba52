import { mkdirSync, renameSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import { type Exchange, FixedDirectory, nothingLeft, takenError } from './exchange.ts';
import { isThere, remove, removeMadeParents, topmostMissing } from './remove.ts';
import { removeAbandoned, stagingPaths } from './staging.ts';

const CANT_WRITE: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);
const IN_THE_WAY: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR']);

/** The usual way: the staging directory is next to the destination and becomes it by one rename. */
export function exchangeDirectory({ environment, mode }: Plan): Exchange {
  const { destination } = environment;
  const parent = dirname(destination);
  const pathOf = stagingPaths(parent, destination);
  const [staging, old] = [pathOf('new'), pathOf('old')];
  const madeParent = topmostMissing(parent);
  try {
    if (madeParent !== undefined) mkdirSync(parent, { recursive: true });
    else removeAbandoned(parent, destination);
    mkdirSync(staging);
  } catch (error) {
    removeMadeParents(madeParent, parent);
    if (isThere(destination) && CANT_WRITE.has(systemCode(error) ?? ''))
      throw new FixedDirectory(parent, { cause: error });
    throw error;
  }
  let isMoved = false;

  return {
    staging,
    move() {
      if (mode === 'replace') moveAway();
      rename(staging, destination);
      isMoved = true;
    },
    finish() {
      return remove(old) ? [] : [old];
    },
    undo() {
      if (isMoved) takeBack(destination, staging);
      const left = putBack(old, destination) ? [] : [old];
      if (!remove(staging)) left.push(staging);
      removeMadeParents(madeParent, parent);
      return nothingLeft(left);
    },
  };

  // Another run may have moved it away just now.
  function moveAway(): void {
    try {
      rename(destination, old);
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
    }
  }
  function rename(from: string, to: string): void {
    try {
      renameSync(from, to);
    } catch (error) {
      const code = systemCode(error) ?? '';
      // Windows renames nothing over a directory, be it empty.
      if (code === 'EPERM' && to === destination && removeEmpty(to)) {
        renameSync(from, to);
        return;
      }
      if ((code === 'EBUSY' || code === 'EXDEV') && isThere(destination)) {
        throw new FixedDirectory(destination, { cause: error });
      }
      if (to === destination && isThere(to) && IN_THE_WAY.has(code)) throw takenError(to, error);
      throw error;
    }
  }
}

function removeEmpty(directory: string): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch {
    return false;
  }
}

function takeBack(destination: string, staging: string): void {
  try {
    renameSync(destination, staging);
  } catch {
    remove(destination);
  }
}

/** What was at the destination exists again, or was to go and has been replaced by another run. */
function putBack(old: string, destination: string): boolean {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    if (!isThere(old)) return true;
    try {
      renameSync(old, destination);
    } catch (error) {
      if (IN_THE_WAY.has(systemCode(error) ?? '')) return remove(old);
    }
  }
  return !isThere(old);
}
