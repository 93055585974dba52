import { lstatSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { namesIn, temporaryName, withClaim } from '@vivarium/core/internal';
import type { Context } from '@vivarium/core/plugin';

/** The directory in a store that archives are fetched into. */
export const DOWNLOADS = '.downloads';

const REMOVING = '.removing-';
const UNPACKING = '.unpacking-';
const DAY_MS = 24 * 60 * 60 * 1000;

/** What a Python is called while it is deleted: a part of one would look like one. */
export function removingName(): string {
  return `${REMOVING}${temporaryName()}`;
}

/** What a build is called while it is unpacked. */
export function unpackingName(build: string): string {
  return `${UNPACKING}${build}@${temporaryName()}`;
}

/** Deletes what runs that were killed have not deleted any more. What another run is deleting now is deleted by both. */
export async function clearRemoved(store: string): Promise<void> {
  await clear(store, REMOVING);
}

/** Deletes what killed runs have unpacked of a build. The caller has claimed it, so that no other run is at work on it. */
export async function clearUnpacked(store: string, build: string): Promise<void> {
  await clear(store, `${UNPACKING}${build}@`);
}

/** Deletes all that killed runs have left in a store, and what was fetched of archives that nothing has asked for since a day. */
export async function clearLeftovers(store: string, { cache, signal }: Context): Promise<void> {
  await clearRemoved(store);
  const unpacked = namesIn(store).flatMap((name) => /^\.unpacking-(.+)@/.exec(name)?.[1] ?? []);
  for (const build of new Set(unpacked)) {
    await withClaim({ destination: join(store, build), cache, signal, isShown: true }, () =>
      clearUnpacked(store, build),
    );
  }
  const downloads = join(store, DOWNLOADS);
  for (const name of namesIn(downloads)) {
    const age = Date.now() - (lstatSync(join(downloads, name), { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (age > DAY_MS) await rm(join(downloads, name), { force: true });
  }
}

async function clear(store: string, prefix: string): Promise<void> {
  const names = namesIn(store).filter((name) => name.startsWith(prefix));
  for (const name of names) await rm(join(store, name), { recursive: true, force: true });
}
