import type { Cache } from '@vivarium/core/plugin';

/** How a wheel that no user named came into the cache. Times are milliseconds since the epoch. */
export interface UpdateMark {
  /** `manual`: a user had the seeds upgraded. `periodic`: a background process did. */
  readonly origin: 'manual' | 'periodic';
  /** When it was found. */
  readonly found: number;
  /** A moment before which it was published, where that is known. */
  readonly publishedBefore?: number;
}

/** The mark of a wheel in the cache. One that a user had fetched by name has none. */
export function readMark(entry: string, cache: Cache): UpdateMark | undefined {
  const text = cache.readText(fileOf(entry));
  if (text === undefined) return undefined;
  try {
    const mark = JSON.parse(text) as Partial<UpdateMark> | null;
    const isWhole = (mark?.origin === 'manual' || mark?.origin === 'periodic') && typeof mark.found === 'number';
    return isWhole ? (mark as UpdateMark) : UNREADABLE;
  } catch {
    return UNREADABLE;
  }
}

/** Marks a wheel in the cache. What a user has asked for stays so, and what was found before was found then. */
export function writeMark(entry: string, mark: UpdateMark, cache: Cache): void {
  const known = readMark(entry, cache);
  if (known?.origin === 'manual') return;
  const { found, publishedBefore } = { ...mark, ...(mark.origin === 'periodic' ? known : undefined) };
  const published = mark.publishedBefore ?? publishedBefore;
  const merged = { origin: mark.origin, found: Math.min(found, mark.found) };
  cache.writeText(
    fileOf(entry),
    JSON.stringify(published === undefined ? merged : { ...merged, publishedBefore: published }),
  );
}

/** Takes the mark off a wheel that a user has now asked for by name. */
export function dropMark(entry: string, cache: Cache): void {
  cache.drop(fileOf(entry));
}

// What was found at an unknown time has been found just now: it waits longest.
const UNREADABLE: UpdateMark = { origin: 'periodic', found: Number.POSITIVE_INFINITY };

function fileOf(entry: string): string {
  return `wheel-updates/1/${entry}.json`;
}
