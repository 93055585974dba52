import { renameSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Cache } from '../cache/cache.ts';
import { isComplete, restoreContent } from './commit-content.ts';
import { forEachLeftover, type Leftover } from './leftovers.ts';
import { move } from './move.ts';
import { type Pin, pin } from './pin.ts';
import { findProof, type Proof } from './proof.ts';
import { isThere } from './remove.ts';
import { prefixOf } from './run-directory.ts';

/**
 * Puts right what runs of this user for a destination that were killed left half done, so that what is there is a
 * complete environment, the old or the new one, before anything is decided by it.
 *
 * @param cache where this user's runs keep the secret by which they recognise what they left behind; without one, nothing
 * is touched
 */
export function recoverDestination(destination: string, cache?: Cache): void {
  const proof = findProof(cache);
  recoverDirectory(destination, proof);
  recoverContent(destination, proof);
}

/** A run that was killed between two renames has moved the old one away and not yet put the new one in its place. */
function recoverDirectory(destination: string, proof: Proof): void {
  const search = { directory: dirname(destination), destination, proof };
  if (isThere(destination)) return;
  let newest = 0;
  forEachLeftover(search, (leftover) => {
    if (holdsOld(leftover)) newest = Math.max(newest, leftover.changed);
  });
  // The usual case, in which the directory need not be listed again.
  if (newest === 0) return;
  forEachLeftover(search, (leftover) => {
    if (holdsOld(leftover) && leftover.changed === newest && !isThere(destination)) putBack(leftover, destination);
  });
}

function holdsOld(leftover: Leftover): boolean {
  return leftover.has('old') || leftover.has('back');
}

/** In one step also where it can't be renamed: it is moved to a directory that can be, piece by piece, before. */
function putBack(leftover: Leftover, destination: string): void {
  if (!leftover.has('back')) {
    try {
      renameSync(leftover.pathOf('old'), destination);
      return;
    } catch {
      // A lower layer of an overlay file system, for example.
    }
  }
  if (leftover.has('old')) move(leftover.pathOf('old'), leftover.pathOf('back'));
  renameSync(leftover.pathOf('back'), destination);
}

function recoverContent(destination: string, proof: Proof): void {
  const held = hold(destination);
  if (held === undefined) return;
  const root = held.path;
  forEachLeftover({ directory: destination, destination, proof }, (leftover) => {
    if (!isComplete(leftover)) restoreContent({ root, prefix: prefixOf(destination), pathOf: leftover.pathOf });
    leftover.remove('new', 'old', 'busy');
  });
  held.close();
}

function hold(directory: string): Pin | undefined {
  try {
    return pin(directory);
  } catch {
    return undefined;
  }
}
