import { existsSync, mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { messageOf, VivariumError } from '../error.ts';
import { whyNotAdopted } from './adopt.ts';
import { assertWritable, buildEntry, clearAbandoned, dropEntry, writeEntry } from './entry.ts';
import { LinkCheck } from './link-check.ts';
import { removeQuietly } from './remove-entry.ts';
import { whyNotTrusted } from './trust.ts';

/** A folder in the cache, and whether it goes away when the run ends (then nothing may be linked to it by name). */
export interface CacheFolder {
  readonly path: string;
  readonly isTemporary: boolean;
}

/**
 * The "app data" that runs share. Every entry is immutable, is named by what it came from, is built under another name
 * and appears by one `rename`; so there are no locks, and a run that is killed leaves nothing that another would read.
 * Whoever loses the race to publish an entry uses the winner's. A cache that can't be written works too: what isn't in
 * it is built in a temporary folder.
 *
 * Names of entries are relative paths with `/` between their parts.
 */
export interface Cache {
  /** The folder of the cache, absolute; it need not exist. */
  readonly folder: string;
  /** The text of an entry that is a file. */
  readText(name: string): string | undefined;
  /** Publishes a file. Where the cache can't be written nothing happens: a later run does the work again. */
  writeText(name: string, text: string): void;
  /** An entry that is a folder, if it is there. */
  findFolder(name: string): CacheFolder | undefined;
  /** An entry that is a folder. If it isn't there, `build` fills the empty folder that it is given. */
  getFolder(name: string, build: (folder: string) => void | Promise<void>): Promise<CacheFolder>;
  /** Removes one entry, for example because it is damaged. This run doesn't use it again, also where it can't be removed. */
  drop(name: string): void;
  /** Removes temporary folders. */
  close(): void;
}

/** How a cache is opened. */
export interface CacheRequest {
  /** Absolute. Without one everything is built in a temporary folder. */
  readonly folder: string | undefined;
  /** Read what is there and write nothing. */
  readonly isReadOnly?: boolean;
  /** Told in one sentence when the folder can't be used. */
  readonly notice?: (message: string) => void;
}

/** Opens a cache. Nothing is made on disk before the first entry is. */
export function openCache(request: CacheRequest): Cache {
  const folder = request.folder ?? join(tmpdir(), 'vivarium-cache-none');
  let temporary: string | undefined;
  let canWrite = request.folder !== undefined && !(request.isReadOnly ?? false);
  let isChecked = false;
  let isAdopted = false;
  // Entries that turned out to be damaged and that the system does not let us remove.
  const rejected = new Set<string>();
  let isTrusted = request.folder !== undefined;

  function isUsable(): boolean {
    if (!isChecked) {
      isChecked = true;
      const distrust = request.folder === undefined ? undefined : whyNotTrusted(folder);
      if (distrust !== undefined) {
        request.notice?.(`the cache ${folder} is not used, because ${distrust}`);
        isTrusted = false;
        canWrite = false;
      }
    }
    return isTrusted;
  }
  function stopWriting(reason: string): void {
    canWrite = false;
    request.notice?.(`the cache ${folder} can't be written, a temporary one is used (${reason})`);
  }
  /** Whether something may be written into the directory. It becomes a cache before the first entry is. */
  function isOurs(): boolean {
    if (isAdopted || !canWrite) return canWrite;
    isAdopted = true;
    try {
      const reason = whyNotAdopted(folder);
      if (reason !== undefined) stopWriting(reason);
    } catch (error) {
      stopWriting(messageOf(error));
    }
    return canWrite;
  }

  const links = new LinkCheck(folder);

  /** Whether an entry can be read and written at its place: the cache may be trusted, and no link is on the way. */
  function isInPlace(name: string): boolean {
    if (!isUsable()) return false;
    if (!links.isLinked(name)) return true;
    request.notice?.(`the cache entry ${join(folder, name)} is not used, because there is a link on the way to it`);
    return false;
  }

  function temporaryFolder(): string {
    try {
      temporary ??= realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-cache-')));
    } catch (error) {
      throw cacheError(`no temporary folder can be made in ${tmpdir()}`, error);
    }
    return temporary;
  }

  function find(name: string): CacheFolder | undefined {
    const path = join(folder, name);
    if (!rejected.has(name) && isInPlace(name) && existsSync(path)) return { path, isTemporary: false };
    if (temporary === undefined) return undefined;
    const substitute = join(temporary, name);
    return existsSync(substitute) ? { path: substitute, isTemporary: true } : undefined;
  }

  return {
    folder,
    readText(name) {
      if (!isInPlace(name)) return undefined;
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        return undefined;
      }
    },
    writeText(name, text) {
      if (!canWrite || !isInPlace(name) || !isOurs()) return;
      try {
        writeEntry({ root: folder, name }, text);
      } catch (error) {
        stopWriting(messageOf(error));
      }
    },
    findFolder: find,
    async getFolder(name, build) {
      const existing = find(name);
      if (existing !== undefined) return existing;
      if (canWrite && !rejected.has(name) && isInPlace(name) && isOurs()) {
        try {
          assertWritable({ root: folder, name });
          clearAbandoned({ root: folder, name });
          return { path: await buildEntry({ root: folder, name }, build), isTemporary: false };
        } catch (error) {
          // Whatever the system refuses here (the disk is full, say) it may grant in another place. What is wrong with
          // the source is wrong there as well.
          if (!isRefusedBySystem(error)) throw error;
          stopWriting(messageOf(error));
        }
      }
      const root = temporaryFolder();
      try {
        return { path: await buildEntry({ root, name }, build), isTemporary: true };
      } catch (error) {
        throw isRefusedBySystem(error) ? cacheError(`${join(root, name)} can't be made`, error) : error;
      }
    },
    drop(name) {
      if (!canWrite || !isInPlace(name) || !dropEntry({ root: folder, name })) rejected.add(name);
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
    hint: 'Make room, or name another folder with --app-data or TMPDIR.',
  });
}
