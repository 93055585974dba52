import { lstatSync, renameSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../error.ts';
import type { ChangePlan } from '../plan/plan.ts';
import { type Commit, DestinationPinnedError, nothingLeft, takenError } from './commit.ts';
import { setMode } from './copy-file.ts';
import { hasEntries } from './entries.ts';
import { removeLeftovers } from './leftovers.ts';
import type { Proof } from './proof.ts';
import { createParents, isThere, remove, removeCreatedParents, topmostMissing } from './remove.ts';
import { openRunDirectory, type RunDirectory, stagingLost } from './run-directory.ts';

// Other runs come in between now and then, and not a hundred times in a row.
const MAX_ATTEMPTS = 100;
const IN_THE_WAY: ReadonlySet<string> = new Set(['ENOTEMPTY', 'EEXIST', 'ENOTDIR']);

/**
 * The usual way: the staging directory is next to the destination and becomes it by one rename.
 *
 * @throws DestinationPinnedError when the system refuses that for a destination that exists
 */
export function commitByRename({ environment, mode }: ChangePlan, proof: Proof): Commit {
  const { destination } = environment;
  const parent = dirname(destination);
  const createdParent = topmostMissing(parent);
  const run = open();
  let isCommitted = false;

  return {
    run,
    // biome-ignore lint/correctness/useYield: two renames are not to be divided
    *commit(entries) {
      if (mode === 'update') keepMode();
      if (mode === 'replace' || mode === 'update') moveAway();
      takePlace();
      isCommitted = true;
      // Not before: a program that was removing it goes on after the rename, since it holds the directories open.
      // What another run has replaced by now was complete.
      if (!hasEntries(destination, entries) && run.isStaging(destination)) throw stagingLost(destination, run.path);
    },
    isInPlace: () => run.isStaging(destination),
    *cleanup(keep) {
      if (keep !== undefined && isThere(run.pathOf('old'))) keep(run.pathOf('old'));
      return yield* run.close();
    },
    *rollback() {
      if (isCommitted && run.isStaging(destination)) takeBack();
      const isBack = putBack(run.pathOf('old'), destination);
      const left = isBack ? yield* run.close() : [run.pathOf('old')];
      removeCreatedParents(createdParent, parent);
      return nothingLeft(left);
    },
  };

  function open(): RunDirectory {
    try {
      if (createdParent !== undefined) createParents(parent);
      else removeLeftovers({ directory: parent, destination, proof });
      return openRunDirectory({ directory: parent, destination, proof });
    } catch (error) {
      removeCreatedParents(createdParent, parent);
      throw isThere(destination) ? new DestinationPinnedError(parent, { cause: error }) : error;
    }
  }
  /** Who may look into an environment stays as it is when its packages change. */
  function keepMode(): void {
    const before = lstatSync(destination, { throwIfNoEntry: false });
    if (before?.isDirectory()) setMode(run.pathOf('new'), before.mode & 0o7777);
  }
  function moveAway(): void {
    for (let attempt = 1; ; attempt += 1) {
      try {
        renameSync(destination, run.pathOf('old'));
        return;
      } catch (error) {
        if (!isThere(destination)) return;
        // Another run moved away what was there, and put its own there by now.
        if (systemCode(error) !== 'ENOENT' || attempt === MAX_ATTEMPTS) {
          throw new DestinationPinnedError(destination, { cause: error });
        }
        if (!run.isIntact()) throw stagingLost(destination, run.path);
      }
    }
  }
  function takePlace(): void {
    for (let attempt = 1; ; attempt += 1) {
      try {
        renameSync(run.pathOf('new'), destination);
        return;
      } catch (error) {
        const code = systemCode(error) ?? '';
        if (isThere(destination) && IN_THE_WAY.has(code)) throw takenError(destination, error);
        if (!run.isIntact()) throw stagingLost(destination, run.path);
        // Windows renames nothing over a directory, even if it is empty. What was in the way may be gone by now.
        const isFree = removeEmpty(destination) || IN_THE_WAY.has(code);
        if (!isFree || attempt === MAX_ATTEMPTS) throw new DestinationPinnedError(destination, { cause: error });
      }
    }
  }
  function takeBack(): void {
    try {
      renameSync(destination, run.pathOf('new'));
    } catch {
      remove(destination);
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

/** What was at the destination is there again, or was to go and has been replaced by another run. */
function putBack(old: string, destination: string): boolean {
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    if (!isThere(old)) return true;
    try {
      renameSync(old, destination);
    } catch (error) {
      if (IN_THE_WAY.has(systemCode(error) ?? '')) return true;
    }
  }
  return !isThere(old);
}
