import { existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, VivariumError } from '../error.ts';
import type { Warn } from '../event.ts';
import { whyNotAdopted } from './adopt.ts';
import { assertWritable, buildEntry, clearAbandoned, dropEntry, writeEntry } from './entry.ts';
import { LinkCheck } from './link-check.ts';
import { removeQuietly } from './remove-entry.ts';
import { whyNotTrusted } from './trust.ts';

/** A directory in the cache, and whether it goes away when the run ends (then nothing may be linked to it by name). */
export interface CacheDirectory {
  readonly path: string;
  readonly isTemporary: boolean;
}

/**
 * The "app data" that runs share. Every entry is immutable, is named by what it came from, is built under another name
 * and appears by one `rename`; so there are no locks, and a run that is killed leaves nothing that another would read.
 * Anyone who loses the race to publish an entry uses the winner's. A cache that can't be written works too: what isn't
 * in it is built in a temporary directory.
 *
 * Names of entries are relative paths with `/` between their parts.
 */
export interface Cache {
  /** The directory of the cache, absolute; it need not exist. */
  readonly directory: string;
  /** The text of an entry that is a file. */
  readText(name: string): string | undefined;
  /** Publishes a file. Where the cache can't be written nothing happens: a later run does the work again. */
  writeText(name: string, text: string): void;
  /** An entry that is a directory, if it is there. */
  findDirectory(name: string): CacheDirectory | undefined;
  /** An entry that is a directory. If it isn't there, `build` fills the empty directory that it is given. */
  getDirectory(name: string, build: (directory: string) => void | Promise<void>): Promise<CacheDirectory>;
  /** Removes one entry, for example because it is damaged. This run doesn't use it again, also where it can't be removed. */
  drop(name: string): void;
  /** Removes temporary directories. */
  close(): void;
}

/** How a cache is opened. */
export interface CacheRequest {
  /** Absolute. Without one everything is built in a temporary directory. */
  readonly directory: string | undefined;
  /** Read what is there and write nothing. */
  readonly isReadOnly?: boolean;
  /** Told in one sentence when the directory can't be used. */
  readonly warn?: Warn;
}

/** Opens a cache. Nothing is created on disk before the first entry is. */
export function openCache(request: CacheRequest): Cache {
  const directory = request.directory ?? join(tmpdir(), 'vivarium-cache-none');
  let temporary: string | undefined;
  let canWrite = request.directory !== undefined && !(request.isReadOnly ?? false);
  let isChecked = false;
  let isAdopted = false;
  // Entries that turned out to be damaged and that the system does not let us remove.
  const rejected = new Set<string>();
  let isTrusted = request.directory !== undefined;

  function isUsable(): boolean {
    if (!isChecked) {
      isChecked = true;
      const distrust = request.directory === undefined ? undefined : whyNotTrusted(directory);
      if (distrust !== undefined) {
        request.warn?.(`the cache ${directory} is not used, because ${distrust}`, 'CACHE_NOT_USED');
        isTrusted = false;
        canWrite = false;
      }
    }
    return isTrusted;
  }
  function stopWriting(reason: string): void {
    canWrite = false;
    request.warn?.(`the cache ${directory} can't be written, a temporary one is used (${reason})`, 'CACHE_NOT_USED');
  }
  /** Whether something may be written into the directory. It becomes a cache before the first entry is. */
  function isOurs(): boolean {
    if (isAdopted || !canWrite) return canWrite;
    isAdopted = true;
    try {
      const reason = whyNotAdopted(directory);
      if (reason !== undefined) stopWriting(reason);
    } catch (error) {
      stopWriting(messageOf(error));
    }
    return canWrite;
  }

  const links = new LinkCheck(directory);

  /** Whether an entry can be read and written at its place: the cache may be trusted, and no link is on the way. */
  function isInPlace(name: string): boolean {
    if (!isUsable()) return false;
    if (!links.isLinked(name)) return true;
    request.warn?.(
      `the cache entry ${join(directory, name)} is not used, because there is a link on the way to it`,
      'CACHE_NOT_USED',
    );
    return false;
  }

  function temporaryDirectory(): string {
    try {
      temporary ??= realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-cache-')));
    } catch (error) {
      throw cacheError(`no temporary directory can be created in ${tmpdir()}`, error);
    }
    return temporary;
  }

  function find(name: string): CacheDirectory | undefined {
    const path = join(directory, name);
    if (!rejected.has(name) && isInPlace(name) && existsSync(path)) return { path, isTemporary: false };
    if (temporary === undefined) return undefined;
    const substitute = join(temporary, name);
    return existsSync(substitute) ? { path: substitute, isTemporary: true } : undefined;
  }

  return {
    directory,
    readText(name) {
      if (!isInPlace(name)) return undefined;
      try {
        return readFileSync(join(directory, name), 'utf8');
      } catch {
        return undefined;
      }
    },
    writeText(name, text) {
      if (!canWrite || !isInPlace(name) || !isOurs()) return;
      try {
        writeEntry({ root: directory, name }, text);
      } catch (error) {
        stopWriting(messageOf(error));
      }
    },
    findDirectory: find,
    async getDirectory(name, build) {
      const existing = find(name);
      if (existing !== undefined) return existing;
      if (canWrite && !rejected.has(name) && isInPlace(name) && isOurs()) {
        try {
          assertWritable({ root: directory, name });
          clearAbandoned({ root: directory, name });
          return { path: await buildEntry({ root: directory, name }, build), isTemporary: false };
        } catch (error) {
          // Whatever the system refuses here (the disk is full, say) it may grant in another place. What is wrong with
          // the source is wrong there as well.
          if (!isRefusedBySystem(error)) throw error;
          stopWriting(messageOf(error));
        }
      }
      const root = temporaryDirectory();
      try {
        return { path: await buildEntry({ root, name }, build), isTemporary: true };
      } catch (error) {
        throw isRefusedBySystem(error) ? cacheError(`${join(root, name)} can't be created`, error) : error;
      }
    },
    drop(name) {
      if (!canWrite || !isInPlace(name) || !dropEntry({ root: directory, name })) rejected.add(name);
    },
    close() {
      if (temporary !== undefined) removeQuietly(temporary);
      temporary = undefined;
    },
  };
}

function isRefusedBySystem(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function cacheError(what: string, cause: unknown): VivariumError {
  return new VivariumError('CACHE_NOT_WRITABLE', `Seed packages can't be unpacked: ${what} (${messageOf(cause)})`, {
    cause,
    hint: 'Make room, or name another directory with --app-data or TMPDIR.',
  });
}
