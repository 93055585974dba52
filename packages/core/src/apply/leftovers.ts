import { lstatSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { namesIn } from '../names-in.ts';
import { isMakerGone } from './maker.ts';
import { type Pin, pin } from './pin.ts';
import type { Proof } from './proof.ts';
import { isThere, remove } from './remove.ts';
import { makerIn, prefixOf, type Role, roleName } from './run-directory.ts';

/** The directory of a run that has ended, held open: it is certain that a run of this user created it. */
export interface Leftover {
  /** Reaches what it holds, whatever its name is now. */
  pathOf(role: Role): string;
  /** Whether it holds a directory of this role. */
  has(role: Role): boolean;
  /** When it last changed, in milliseconds since 1970. */
  readonly changed: number;
  /** Removes the directories of these roles, and the whole if that leaves nothing. */
  remove(...roles: readonly Role[]): void;
}

/** Where to look for leftovers, and by what they are recognised. */
export interface LeftoverSearch {
  readonly directory: string;
  readonly destination: string;
  readonly proof: Proof;
}

const ALL: readonly Role[] = ['new', 'out', 'old', 'back', 'busy'];

/**
 * Does something with each directory in `directory` that a run left behind which was killed while it worked on the
 * destination. One that is a link, belongs to another user, holds anything that does not prove where it comes from, or
 * may still be in use is left alone.
 */
export function forEachLeftover(search: LeftoverSearch, act: (leftover: Leftover) => void): void {
  const prefix = prefixOf(search.destination);
  for (const name of namesIn(search.directory)) {
    const maker = makerIn(name, prefix);
    if (maker !== undefined) inspect(join(search.directory, name), maker, { proof: search.proof, act });
  }
}

interface Inspection {
  readonly proof: Proof;
  readonly act: (leftover: Leftover) => void;
}

function inspect(path: string, maker: string, { proof, act }: Inspection): void {
  const held = hold(path);
  if (held === undefined) return;
  try {
    const names = readdirSync(held.path);
    if (!isMakerGone(maker, [held.path, ...names.map((name) => join(held.path, name))])) return;
    // Removing an empty directory of our own loses nothing, so that needs no proof.
    if (names.length === 0) rmdirSync(path);
    else if (areProven(names, path, proof)) act(leftoverAt(held, path, proof));
  } catch {
    // It can't be read or removed; the next run tries again.
  } finally {
    held.close();
  }
}

function hold(path: string): Pin | undefined {
  try {
    const held = pin(path);
    if (process.getuid === undefined || held.uid === BigInt(process.getuid())) return held;
    held.close();
  } catch {
    // A link, a file, closed to us, or gone.
  }
  return undefined;
}

function areProven(names: readonly string[], path: string, proof: Proof): boolean {
  if (proof(path) === undefined) return false;
  const known = new Set(ALL.map((role) => roleName(role, path, proof)));
  return names.every((name) => known.has(name));
}

function leftoverAt(held: Pin, path: string, proof: Proof): Leftover {
  const pathOf = (role: Role): string => join(held.path, roleName(role, path, proof));
  return {
    pathOf,
    has: (role) => isThere(pathOf(role)),
    changed: lstatSync(path, { throwIfNoEntry: false })?.ctimeMs ?? 0,
    remove(...roles) {
      const areGone = roles.map((role) => remove(pathOf(role))).every(Boolean);
      if (areGone && readdirSync(held.path).length === 0) rmdirSync(path);
    },
  };
}

/**
 * Removes what killed runs left in a directory for a destination. What was at the destination is only removed when
 * something else is there, and never from inside of the destination: there it belongs to what is there.
 */
export function removeLeftovers(search: LeftoverSearch): void {
  const isReplaced = search.directory !== search.destination && isThere(search.destination);
  forEachLeftover(search, (leftover) => leftover.remove(...(isReplaced ? ALL : BUILT)));
}

const BUILT: readonly Role[] = ['new', 'busy'];
