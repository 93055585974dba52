import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../error.ts';
import { isAbandoned } from './staging-name.ts';

/** What one entry of a cache takes and when it was last of use. */
export interface CacheEntry {
  /** What it is an entry of: `images`, `interpreters` … */
  readonly kind: string;
  /** Its place below the cache's directory, with `/` between the parts. */
  readonly name: string;
  /** The number of the form that it is kept in; it is raised when a release keeps such entries in another way. */
  readonly form: number;
  /** Bytes on disk. What several entries share, by hard links, is counted for the first of them. */
  readonly bytes: number;
  readonly files: number;
  /** Milliseconds since 1970: when it was created, or last read where the file system keeps account of that. */
  readonly lastUsed: number;
  /** Left behind by a run that was killed while it built this entry. */
  readonly isAbandoned: boolean;
}

/** Lists the entries of a cache: what is at `kind/form/name` below its directory. */
export function cacheEntries(directory: string): readonly CacheEntry[] {
  const seen = new Set<string>();
  return list(directory).flatMap((kind) =>
    list(join(directory, kind.name)).flatMap((form) =>
      list(join(directory, kind.name, form.name)).map((entry) => {
        const name = `${kind.name}/${form.name}/${entry.name}`;
        return { kind: kind.name, name, form: Number(form.name), ...measure(join(directory, name), seen) };
      }),
    ),
  );
}

function measure(path: string, seen: Set<string>): Omit<CacheEntry, 'kind' | 'name' | 'form'> {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  // Looking through a directory, as is done here, counts as access to it: of directories only the making tells.
  const total = { bytes: 0, files: 0, lastUsed: stats?.mtimeMs ?? 0 };
  add(path, total, seen);
  return { ...total, isAbandoned: isAbandoned(path, total.lastUsed) };
}

function add(path: string, total: { bytes: number; files: number; lastUsed: number }, seen: Set<string>): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  const identity = `${stats.dev}:${stats.ino}`;
  if (!seen.has(identity)) total.bytes += stats.blocks * 512;
  seen.add(identity);
  if (stats.isDirectory()) {
    for (const entry of list(path)) add(join(path, entry.name), total, seen);
  } else {
    total.files += 1;
    total.lastUsed = Math.max(total.lastUsed, stats.atimeMs);
  }
}

// What goes away while it is looked at is as good as not there. In a file there is nothing.
function list(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}
