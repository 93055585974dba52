import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { type Exchange, remove } from './exchange.ts';
import { removeAbandoned, stagingPath } from './staging.ts';

// What makes a folder an environment: it leaves first and comes last, so that what is half moved is not taken for one.
const MARKER = 'pyvenv.cfg';

/**
 * For a destination that has to stay the same folder (a mount point, the working folder of the user's shell): the
 * staging folder lies inside and the content is exchanged entry by entry.
 */
export function exchangeContent(destination: string): Exchange {
  removeAbandoned(destination, destination);
  const staging = stagingPath(destination, destination, 'new');
  const old = stagingPath(destination, destination, 'old');
  const before = readdirSync(destination);
  mkdirSync(staging);
  const movedOut: string[] = [];
  const movedIn: string[] = [];

  return {
    staging,
    move() {
      mkdirSync(old);
      for (const name of markerFirst(before)) {
        renameSync(join(destination, name), join(old, name));
        movedOut.push(name);
      }
      for (const name of markerFirst(readdirSync(staging)).reverse()) {
        renameSync(join(staging, name), join(destination, name));
        movedIn.push(name);
      }
    },
    finish() {
      remove(old);
      remove(staging);
    },
    undo() {
      for (const name of markerFirst(movedIn)) remove(join(destination, name));
      for (const name of markerFirst(movedOut).reverse()) renameSync(join(old, name), join(destination, name));
      remove(old);
      remove(staging);
    },
  };
}

function markerFirst(names: readonly string[]): string[] {
  return [...names].sort((a, b) => Number(b === MARKER) - Number(a === MARKER));
}
