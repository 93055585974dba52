import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Context, Interpreter } from '@vivarium/core/plugin';
import type { LockedWheel } from '@vivarium/seed-wheels';
import { distributionWheels } from './distribution-wheels.ts';
import { loadSeedWheels } from './load-seed-wheels.ts';
import { parseWheelFileName, type WheelFileName } from './wheel-file-name.ts';

/** Where a wheel was found; of equally good ones, the earlier origin is preferred. */
export const WHEEL_ORIGINS = ['extra-search-dir', 'cache', 'seed-wheels', 'ensurepip', 'system'] as const;
export type WheelOrigin = (typeof WHEEL_ORIGINS)[number];

/** A wheel that was seen and not opened yet. */
export interface WheelCandidate extends WheelFileName {
  /** Absolute path. */
  readonly path: string;
  readonly origin: WheelOrigin;
  /** Its entry in the cache, if it is there. */
  readonly entry?: string;
  /** What the lock file says of it, if it is of those. */
  readonly locked?: LockedWheel;
}

/** The directory of the cache that downloaded wheels are kept in, each in an entry of its own. */
export const CACHED_WHEELS = 'wheels/1';

/** The name of the entry that holds a wheel: two files of one name may differ. */
export function cacheEntryOf(file: string, sha256: string): string {
  return `${sha256.slice(0, ENTRY_HASH)}-${file}`;
}

const ENTRY_HASH = 16;

/** Where {@link findCandidates} looks. */
export interface CandidateSearch {
  readonly interpreter: Interpreter;
  /** Directories that the user named, absolute. */
  readonly extraDirectories: readonly string[];
  /** The directory that has the wheels of the lock file, absolute. @default that of `@vivarium/seed-wheels` */
  readonly seedWheels?: string | undefined;
  readonly context: Context;
}

/**
 * All wheels in all places where wheels are kept. Directories that don't exist hold none.
 *
 * @throws VivariumError `SEED_WHEELS_NOT_INSTALLED` when the package of the locked wheels is not installed
 */
export async function findCandidates(search: CandidateSearch): Promise<readonly WheelCandidate[]> {
  const { interpreter, extraDirectories, seedWheels, context } = search;
  const cached = context.cache.findDirectory(CACHED_WHEELS)?.path;
  const system = distributionWheels(interpreter);
  return [
    ...extraDirectories.flatMap((directory) =>
      listDirectory(directory, 'extra-search-dir', () => noticeMissing(directory, context)),
    ),
    ...(cached === undefined ? [] : listCache(cached)),
    ...(await lockedCandidates(seedWheels)),
    ...listDirectory(join(interpreter.stdlib, 'ensurepip', '_bundled'), 'ensurepip'),
    ...(system === undefined ? [] : listDirectory(system, 'system')),
  ];
}

/** Whether the file of a wheel of the lock is here: the package may have been built without. */
export function isPresent({ path, locked }: WheelCandidate): boolean {
  if (locked === undefined) return true;
  try {
    return statSync(path, { throwIfNoEntry: false })?.size === locked.size;
  } catch {
    // A part of the path is a file, or may not be searched.
    return false;
  }
}

function listDirectory(directory: string, origin: WheelOrigin, onMissing?: () => void): readonly WheelCandidate[] {
  try {
    return readdirSync(directory).flatMap((file) => asWheel(join(directory, file), file, origin));
  } catch {
    onMissing?.();
    return [];
  }
}

function listCache(directory: string): readonly WheelCandidate[] {
  return readdirSync(directory).flatMap((entry) => {
    const file = entry.slice(ENTRY_HASH + 1);
    return asWheel(join(directory, entry, file), file, 'cache').map((wheel) => ({ ...wheel, entry }));
  });
}

function asWheel(path: string, file: string, origin: WheelOrigin): readonly WheelCandidate[] {
  const name = parseWheelFileName(file);
  return name === undefined ? [] : [{ ...name, path, origin }];
}

async function lockedCandidates(given: string | undefined): Promise<readonly WheelCandidate[]> {
  const { lockedWheels, wheelsDirectory } = await loadSeedWheels();
  const directory = given ?? wheelsDirectory;
  return lockedWheels.flatMap((locked) => {
    return asWheel(join(directory, locked.file), locked.file, 'seed-wheels').map((wheel) => ({
      ...wheel,
      locked,
    }));
  });
}

function noticeMissing(directory: string, context: Context): void {
  context.warn(`the directory ${directory} of --extra-search-dir can't be read`, 'SEARCH_DIRECTORY_NOT_READABLE');
}
