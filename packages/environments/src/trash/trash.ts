import { lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { defaultCacheDirectory, systemCode, VivariumError } from '@vivarium/core/host';
import { readSmallFile, removeTree, temporaryName } from '@vivarium/core/internal';

/** How long what was removed can be restored. */
export const KEPT_FOR_MS: number = 24 * 60 * 60 * 1000;

/**
 * Why an environment is in the trash: it was removed, `create --clear` replaced it, `undo` put another back; or it was
 * moved, and is about to be deleted.
 */
export type Removal = 'remove' | 'clear' | 'undo' | 'move';

/** An environment that can be restored. */
export interface TrashEntry {
  readonly id: string;
  /** Where it was, absolute. */
  readonly path: string;
  readonly removal: Removal;
  /** When it was removed, in milliseconds since 1970. */
  readonly removedAt: number;
  /** Where it is now. */
  readonly content: string;
}

/** The user's trash, and the time that counts. */
export interface Trash {
  /** `undefined` for a user without a home directory, who has no trash. */
  readonly directory: string | undefined;
  readonly now: number;
  /** An entry that stays, although another of its path comes in. */
  readonly keep?: string;
}

/** The trash of the user whose variables these are: next to the default directory of the cache, which may be emptied. */
export function openTrash(env: Readonly<Record<string, string | undefined>>, now: number = Date.now()): Trash {
  const cache = defaultCacheDirectory(env);
  return { directory: cache === undefined ? undefined : `${cache}-trash`, now };
}

const ENTRY = 'entry.json';
/** How the directories begin that keep what is on another file system than the trash. */
const ELSEWHERE = '.vivarium-removed-';

/** Whether a directory has this name since something is kept in it. */
export function isKeptElsewhere(name: string): boolean {
  return name.startsWith(ELSEWHERE);
}

/** What is put into the trash. */
export interface TrashRequest {
  /** Where it is at the moment. */
  readonly content: string;
  /** Where it is restored to. */
  readonly path: string;
  readonly removal: Removal;
}

/**
 * Puts a directory into the trash, by one rename: it is whole in the one place or in the other. On another file system than
 * the trash it is kept next to where it was, in a directory that only this user can open, and the trash has its address. Of
 * each path only the latest is kept.
 *
 * @returns `undefined` where that is not possible: without a home directory, where the trash may be changed by other users,
 *   or nothing can be renamed. The directory is still where it was then.
 */
export function putInTrash({ content, path, removal }: TrashRequest, trash: Trash): TrashEntry | undefined {
  const { directory, now } = trash;
  if (directory === undefined || !isPrivate(directory)) return undefined;
  purgeTrash(trash);
  const earlier = trashEntries(trash).filter((entry) => entry.path === path && entry.id !== trash.keep);
  const id = `${now.toString(36)}-${temporaryName()}`;
  const place = join(directory, id);
  const note = { format: 1, path, removal, removedAt: now };
  let kept = join(place, 'content');
  try {
    mkdirSync(place, { mode: 0o700 });
    writeFileSync(join(place, ENTRY), `${JSON.stringify(note)}\n`);
    try {
      renameSync(content, kept);
    } catch (error) {
      if (systemCode(error) !== 'EXDEV') throw error;
      kept = join(dirname(path), `${ELSEWHERE}${id}`, 'content');
      mkdirSync(dirname(kept), { mode: 0o700 });
      writeFileSync(join(place, ENTRY), `${JSON.stringify({ ...note, content: kept })}\n`);
      renameSync(content, kept);
    }
  } catch {
    if (dirname(kept) !== place) removeEmpty(dirname(kept));
    rmSync(join(place, ENTRY), { force: true });
    removeEmpty(place);
    return undefined;
  }
  for (const entry of earlier) purgeEntry(entry, trash);
  return { id, path, removal, removedAt: now, content: kept };
}

/** What is in the trash and can be restored, the latest first. */
export function trashEntries({ directory, now }: Trash): readonly TrashEntry[] {
  if (directory === undefined) return [];
  return namesIn(directory)
    .flatMap((id) => entryOf(directory, id) ?? [])
    .filter(({ removal, removedAt }) => removal !== 'move' && now - removedAt < KEPT_FOR_MS)
    .sort((a, b) => b.removedAt - a.removedAt || (a.id < b.id ? 1 : -1));
}

/**
 * Restores an environment to where it was. Nothing may be there.
 *
 * @throws VivariumError `DESTINATION_TAKEN`, `WRITE_FAILED`
 */
export function restoreFromTrash(entry: TrashEntry, trash: Trash): void {
  if (lstatSync(entry.path, { throwIfNoEntry: false }) !== undefined) {
    throw new VivariumError('DESTINATION_TAKEN', `${entry.path} is not restored, because something is there`, {
      hint: 'Move it elsewhere.',
    });
  }
  try {
    mkdirSync(dirname(entry.path), { recursive: true });
    renameSync(entry.content, entry.path);
  } catch (error) {
    throw new VivariumError('WRITE_FAILED', `${entry.path} can't be restored`, {
      cause: error,
      hint: `It is still in ${entry.content}.`,
    });
  }
  removeEmpty(dirname(entry.content));
  purgeEntry(entry, trash);
}

/** Deletes what cannot be restored any more. */
export function purgeTrash(trash: Trash): void {
  const { directory } = trash;
  if (directory === undefined) return;
  const kept = new Set(trashEntries(trash).map(({ id }) => id));
  for (const id of namesIn(directory)) {
    const place = join(directory, id);
    // What has just been created by another process has nothing in it yet.
    if (!kept.has(id) && isOld(place, trash.now)) purgeAt(place);
  }
}

/** Deletes an entry. */
export function purgeEntry({ id }: TrashEntry, { directory }: Pick<Trash, 'directory'>): void {
  if (directory !== undefined) purgeAt(join(directory, id));
}

/** Deletes an entry with what is kept of it elsewhere. */
function purgeAt(place: string): void {
  const content = contentOf(place, readNote(place));
  if (content !== undefined && dirname(content) !== place) removeQuietly(dirname(content));
  removeQuietly(place);
}

function readNote(place: string): Partial<TrashEntry> {
  try {
    return JSON.parse(readSmallFile(join(place, ENTRY))?.text ?? '') as Partial<TrashEntry>;
  } catch {
    return {};
  }
}

/** Where an entry is kept; one that another user could have put where ours was is none. */
function contentOf(place: string, { content, path }: Partial<TrashEntry>): string | undefined {
  if (content === undefined) return join(place, 'content');
  if (typeof path !== 'string' || content !== join(dirname(path), `${ELSEWHERE}${basename(place)}`, 'content')) {
    return undefined;
  }
  const stats = lstatSync(dirname(content), { throwIfNoEntry: false });
  const isOwn = stats?.isDirectory() && (process.getuid === undefined || stats.uid === process.getuid());
  return isOwn ? content : undefined;
}

function entryOf(directory: string, id: string): TrashEntry | undefined {
  const place = join(directory, id);
  try {
    const entry = readNote(place);
    const content = contentOf(place, entry);
    if (content === undefined || !lstatSync(content).isDirectory()) return undefined;
    const { path, removal, removedAt } = entry;
    if (typeof path !== 'string' || typeof removedAt !== 'number' || removal === undefined) return undefined;
    return { id, path, removal, removedAt, content };
  } catch {
    return undefined;
  }
}

function isOld(place: string, now: number): boolean {
  const stats = lstatSync(place, { throwIfNoEntry: false });
  const removed = /^([0-9a-z]+)-/.exec(basename(place))?.[1];
  const since = removed === undefined ? stats?.mtimeMs : Number.parseInt(removed, 36);
  return since === undefined || Number.isNaN(since) || now - since >= KEPT_FOR_MS;
}

/** Only this user may put anything there, or what is restored could be of another user. */
function isPrivate(directory: string): boolean {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { uid, mode } = lstatSync(directory);
    return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
  } catch {
    return false;
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function removeEmpty(directory: string): void {
  try {
    rmdirSync(directory);
  } catch {
    // It is purged later.
  }
}

function removeQuietly(path: string): void {
  try {
    removeTree(path);
  } catch (error) {
    // It is tried again next time.
    if (systemCode(error) === undefined) throw error;
  }
}
