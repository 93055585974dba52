import { readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode, VivariumError } from '../error.ts';
import { isMarkedCache, MARK, markCache, unmarkCache } from './cache-mark.ts';
import { stagingName } from './staging-name.ts';
import { type CacheEntry, cacheEntries } from './usage.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Takes everything out of a cache. Environments that were linked to it by name (`--link-mode symlink`) lose their seed
 * packages; all others are not affected.
 *
 * @throws VivariumError `CACHE_NOT_MARKED` when the folder is not marked as a cache
 */
export function cleanCache(folder: string): void {
  assertCache(folder);
  for (const name of namesIn(folder)) if (name !== MARK) removeEntry(folder, name);
  unmarkCache(folder);
  try {
    rmdirSync(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    // A run that is at work has put something there meanwhile, or the folder is a mount point.
    if (!['ENOTEMPTY', 'EEXIST', 'EBUSY', 'EACCES', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
    if (namesIn(folder).length > 0) markAgain(folder);
  }
}

function markAgain(folder: string): void {
  try {
    markCache(folder);
  } catch (error) {
    // Somebody else has emptied it to the end.
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** What is in a folder; nothing where it isn't there, or not any more. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Takes out what was not used for some days, what killed runs left unfinished, and what is kept in an older form than
 * other entries of its kind: the release that reads the newer form never looks at it. Runs that are at work meanwhile
 * lose nothing: an entry leaves its name at once, and whoever misses it makes it again.
 *
 * @returns the entries that were taken out
 * @throws VivariumError `CACHE_NOT_MARKED` when the folder is not marked as a cache
 */
export function pruneCache(
  folder: string,
  { unusedForDays }: { readonly unusedForDays: number },
): readonly CacheEntry[] {
  assertCache(folder);
  const limit = Date.now() - unusedForDays * DAY_MS;
  const entries = cacheEntries(folder);
  const newest = new Map<string, number>();
  for (const { kind, form } of entries) newest.set(kind, Math.max(form, newest.get(kind) ?? form));
  const gone = entries.filter(({ kind, form, isAbandoned, lastUsed }) => {
    return isAbandoned || lastUsed < limit || form < (newest.get(kind) ?? form);
  });
  for (const entry of gone) removeEntry(folder, entry.name);
  return gone;
}

// It leaves its name at once, so that no run begins to read what is half gone.
function removeEntry(folder: string, name: string): void {
  const path = join(folder, name);
  const aside = stagingName(path);
  try {
    renameSync(path, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  try {
    // Another run that takes out the same may be at it in there, and be a moment ahead or behind.
    rmSync(aside, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch (error) {
    if (systemCode(error) !== 'ENOTEMPTY') throw error;
  }
}

// A run that has just made the folder, or is just emptying it, marks it in the next moment.
const LOOKS = 10;
const BETWEEN_LOOKS_MS = 50;

function assertCache(folder: string): void {
  for (let look = 1; look <= LOOKS; look += 1) {
    if (isMarkedCache(folder) || namesIn(folder).length === 0) return;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BETWEEN_LOOKS_MS);
  }
  throw new VivariumError('CACHE_NOT_MARKED', `${folder} is not emptied, because it is not marked as a cache`, {
    hint: 'A folder that vivarium made has a file CACHEDIR.TAG. Is --app-data right?',
  });
}
