import {
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { markCache } from './cache-mark.ts';
import { createDirectory } from './create-directory.ts';
import { removeEntry, removeQuietly } from './remove-entry.ts';
import { isMissing, MAX_ATTEMPTS, retryIfMissing } from './retry-if-missing.ts';
import { isAbandoned, stagingName } from './staging-name.ts';

/** An entry: the directory of ours that it is in, and its name there, with `/` between its parts. */
export interface Entry {
  readonly root: string;
  readonly name: string;
}

/** Writes an entry that is a file, whole or not at all. */
export function writeEntry(entry: Entry, text: string): void {
  const path = pathOf(entry);
  const staging = stagingName(path);
  try {
    retryIfMissing(() => {
      createInside(entry.root, dirname(path));
      writeFileSync(staging, text, { mode: 0o600, flag: 'wx' });
      renameSync(staging, path);
    });
  } catch (error) {
    removeQuietly(staging);
    throw error;
  }
}

/**
 * Builds an entry that is a directory under another name, moves it to its own, and returns its path. `build` is called
 * again where another process has emptied the cache in the meantime.
 */
export async function buildEntry(entry: Entry, build: (directory: string) => void | Promise<void>): Promise<string> {
  const path = pathOf(entry);
  for (let attempt = 1; ; attempt += 1) {
    const staging = stagingName(path);
    try {
      createInside(entry.root, dirname(path));
      mkdirSync(staging, { mode: 0o700 });
      await build(staging);
      publish(staging, path);
      return path;
    } catch (error) {
      const isGone = !existsSync(staging) && isMissing(error);
      removeQuietly(staging);
      if (!isGone || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Moves a finished entry to its name. An entry of that name is as good as this one: both came from the same source. */
function publish(staging: string, path: string): void {
  try {
    renameSync(staging, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
    removeQuietly(staging);
  }
}

/** Removes an entry that others may be reading. Returns whether it is gone. */
export function dropEntry(entry: Entry): boolean {
  const path = pathOf(entry);
  try {
    removeEntry(path);
  } catch {
    // A part of it may be gone, or nothing.
  }
  return lstatSync(path, { throwIfNoEntry: false }) === undefined;
}

/** Throws what the system says where a file next to an entry can't be created. */
export function assertWritable(entry: Entry): void {
  const path = dirname(pathOf(entry));
  const probe = stagingName(join(path, 'probe'));
  retryIfMissing(() => {
    createInside(entry.root, path);
    closeSync(openSync(probe, 'wx', 0o600));
  });
  rmSync(probe, { force: true });
}

/** Removes what killed runs have begun and not finished next to an entry. What is younger may be at work. */
export function clearAbandoned(entry: Entry): void {
  const directory = dirname(pathOf(entry));
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const begun = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (isAbandoned(path, begun)) removeQuietly(path);
  }
}

/** Creates a directory below `root`, and `root` itself, for this user alone. */
function createInside(root: string, path: string): void {
  if (createDirectory(root)) markCache(root);
  // Another run may have emptied the cache just before, and its mark went last.
  if (createDirectory(path)) markCache(root);
}

function pathOf({ root, name }: Entry): string {
  return join(root, name);
}
