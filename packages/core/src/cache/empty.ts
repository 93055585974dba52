import { readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, systemCode, VivariumError } from '../error.ts';
import { holdsSoon, isMarkedCache, MARK, markCache, unmarkCache } from './cache-mark.ts';
import { removeEntry } from './remove-entry.ts';
import { type CacheEntry, cacheEntries } from './usage.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Takes everything out of a cache. Environments that were linked to it by name (`--link-mode symlink`) lose their seed
 * packages; all others are not affected.
 *
 * @throws VivariumError `CACHE_NOT_MARKED` when the directory does not say that it is vivarium's cache;
 *   `CACHE_NOT_WRITABLE` when the system refuses to remove something
 */
export function cleanCache(directory: string): void {
  assertCache(directory);
  removing(directory, () => {
    for (const name of namesIn(directory)) if (name !== MARK) removeEntry(join(directory, name));
    unmarkCache(directory);
  });
  try {
    rmdirSync(directory);
  } catch {
    // Another run has put something there in the meantime, or it can't be removed: a mount point, for example.
    if (namesIn(directory).length > 0) markAgain(directory);
  }
}

function markAgain(directory: string): void {
  try {
    markCache(directory);
  } catch (error) {
    // Another process has removed it.
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** What is in a directory; nothing where it does not exist, or not any more. */
function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Takes out what was not used for some days, what killed runs left unfinished, and what is kept in an older form than
 * other entries of its kind: the release that reads the newer form never looks at it. Runs that are at work in the
 * meantime lose nothing: a run that misses an entry builds it again.
 *
 * @returns the entries that were taken out
 * @throws VivariumError as {@link cleanCache} does
 */
export function pruneCache(
  directory: string,
  { unusedForDays }: { readonly unusedForDays: number },
): readonly CacheEntry[] {
  assertCache(directory);
  const limit = Date.now() - unusedForDays * DAY_MS;
  const entries = cacheEntries(directory);
  const newest = new Map<string, number>();
  for (const { kind, form } of entries) newest.set(kind, Math.max(form, newest.get(kind) ?? form));
  const gone = entries.filter(({ kind, form, isAbandoned, lastUsed }) => {
    return isAbandoned || lastUsed < limit || form < (newest.get(kind) ?? form);
  });
  removing(directory, () => {
    for (const entry of gone) removeEntry(join(directory, entry.name));
  });
  return gone;
}

function removing(directory: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    throw new VivariumError('CACHE_NOT_WRITABLE', `${directory} can't be emptied: ${messageOf(error)}`, {
      cause: error,
      hint: 'What is left is still a cache: make it writable and run the command again.',
    });
  }
}

function assertCache(directory: string): void {
  let reason = `its ${MARK} does not say that it is vivarium's cache`;
  try {
    if (holdsSoon(directory, () => isMarkedCache(directory) || namesIn(directory).length === 0)) return;
  } catch (error) {
    reason = `it can't be read (${messageOf(error)})`;
  }
  throw new VivariumError('CACHE_NOT_MARKED', `${directory} is not emptied, because ${reason}`, {
    hint: 'Is --app-data right? vivarium writes that file into every cache that it creates.',
  });
}
