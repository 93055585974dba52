import { renameSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../error.ts';
import type { ChangePlan } from '../plan/plan.ts';
import { type Commit, DestinationPinnedError, nothingLeft, takenError } from './commit.ts';
import { removeLeftovers } from './leftovers.ts';
import type { Proof } from './proof.ts';
import { createParents, isThere, remove, removeCreatedParents, topmostMissing } from './remove.ts';
import { openRunDirectory, type RunDirectory } from './run-directory.ts';

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
    commit() {
      if (mode === 'replace') moveAway();
      takePlace();
      isCommitted = true;
    },
    isInPlace: () => run.isStaging(destination),
    cleanup(keep) {
      if (keep !== undefined && isThere(run.pathOf('old'))) keep(run.pathOf('old'));
      return run.close();
    },
    rollback() {
      if (isCommitted && run.isStaging(destination)) takeBack();
      const isBack = putBack(run.pathOf('old'), destination);
      const left = isBack ? run.close() : [run.pathOf('old')];
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
  function moveAway(): void {
    try {
      renameSync(destination, run.pathOf('old'));
    } catch (error) {
      // Another run may have moved it away just now.
      if (isThere(destination)) throw new DestinationPinnedError(destination, { cause: error });
    }
  }
  function takePlace(): void {
    try {
      renameSync(run.pathOf('new'), destination);
    } catch (error) {
      if (isThere(destination) && IN_THE_WAY.has(systemCode(error) ?? '')) throw takenError(destination, error);
      // Windows renames nothing over a directory, even if it is empty.
      if (!removeEmpty(destination)) throw new DestinationPinnedError(destination, { cause: error });
      renameSync(run.pathOf('new'), destination);
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
