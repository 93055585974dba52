import { lstatSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, systemCode } from '../error.ts';

/**
 * Why a cache folder may not be read: whoever else can write there could put code into every later environment. The
 * folder, or what a link at its place leads to, has to be our own (or the system's) and writable by nobody else. The
 * answer completes "… because".
 */
export function whyNotTrusted(folder: string): string | undefined {
  let links: Stats;
  let stats: Stats | undefined;
  try {
    links = lstatSync(folder);
    stats = links.isSymbolicLink() ? statSync(folder, { throwIfNoEntry: false }) : links;
  } catch (error) {
    // What isn't there can be made, and what can't be reached is neither read nor written.
    return systemCode(error) === 'ENOENT' || systemCode(error) === 'EACCES' ? undefined : messageOf(error);
  }
  if (stats === undefined) return 'it is a link that leads nowhere';
  if (!stats.isDirectory()) return 'it is not a folder';
  if (process.getuid === undefined) return undefined;
  if (isForeign(stats) || isForeign(links)) return 'it belongs to another user';
  if ((stats.mode & 0o002) !== 0) return 'everyone may write to it';
  // Where each user has a group of their own, of the same number, it has no other members.
  if ((stats.mode & 0o020) !== 0 && stats.gid !== stats.uid) return `its group (${stats.gid}) may write to it`;
  return undefined;
}

/** Finds links below a cache folder, where none are made: an entry is never read or written through one. */
export class LinkCheck {
  readonly #root: string;
  readonly #folders = new Map<string, boolean>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Whether one of the folders above an entry, or the entry itself, is a link. */
  isLinked(name: string): boolean {
    const parts = name.split('/');
    return parts.some((_, index) => {
      const path = parts.slice(0, index + 1).join('/');
      return index < parts.length - 1 ? this.#isLinkedFolder(path) : isLink(join(this.#root, path));
    });
  }

  // Entries of a kind have their folders in common: each is looked at once.
  #isLinkedFolder(path: string): boolean {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const found = isLink(join(this.#root, path));
    this.#folders.set(path, found);
    return found;
  }
}

function isForeign({ uid }: Stats): boolean {
  return uid !== process.getuid?.() && uid !== 0;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  } catch {
    return false;
  }
}
