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
import { systemCode } from '../error.ts';
import { markCache } from './cache-mark.ts';
import { isAbandoned, isStagingName, stagingName } from './staging-name.ts';

/** An entry: the folder of ours that it is in, and its name there, with `/` between its parts. */
export interface Entry {
  readonly root: string;
  readonly name: string;
}

const MOST_ATTEMPTS = 5;

/** Writes an entry that is a file, whole or not at all. */
export function writeEntry(entry: Entry, text: string): void {
  const path = pathOf(entry);
  const staging = stagingName(path);
  try {
    again(() => {
      makeFolder(entry.root, dirname(path));
      writeFileSync(staging, text, { mode: 0o600, flag: 'wx' });
      renameSync(staging, path);
    });
  } catch (error) {
    deleteQuietly(staging);
    throw error;
  }
}

/**
 * Builds an entry that is a folder under another name, moves it to its own, and gives its path. `build` is called again
 * where somebody has emptied the cache meanwhile.
 */
export async function buildEntry(entry: Entry, build: (folder: string) => void | Promise<void>): Promise<string> {
  const path = pathOf(entry);
  for (let attempt = 1; ; attempt += 1) {
    const staging = stagingName(path);
    try {
      makeFolder(entry.root, dirname(path));
      mkdirSync(staging, { mode: 0o700 });
      await build(staging);
      publish(staging, path);
      return path;
    } catch (error) {
      const isGone = !existsSync(staging) && isMissing(error);
      deleteQuietly(staging);
      if (!isGone || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** Moves a finished entry to its name. An entry of that name is as good as this one: both came from the same source. */
function publish(staging: string, path: string): void {
  try {
    renameSync(staging, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
    deleteQuietly(staging);
  }
}

/** Takes an entry away. Others may be reading it, so that it leaves its name at once and is deleted after. */
export function dropEntry(entry: Entry): void {
  const staging = stagingName(pathOf(entry));
  try {
    renameSync(pathOf(entry), staging);
  } catch {
    return;
  }
  deleteQuietly(staging);
}

/** Throws what the system says where a file beside an entry can't be made. */
export function assertWritable(entry: Entry): void {
  const path = dirname(pathOf(entry));
  const probe = stagingName(join(path, 'probe'));
  again(() => {
    makeFolder(entry.root, path);
    closeSync(openSync(probe, 'wx', 0o600));
  });
  rmSync(probe, { force: true });
}

/** Takes away what killed runs have begun and not finished beside an entry. What is younger may be at work. */
export function clearAbandoned(entry: Entry): void {
  const folder = dirname(pathOf(entry));
  for (const name of readdirSync(folder).filter(isStagingName)) {
    const path = join(folder, name);
    const begun = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (isAbandoned(path, begun)) deleteQuietly(path);
  }
}

/** Deletes what can be deleted. The rest has a name under which nobody reads it, and `cache prune` tries again. */
export function deleteQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // It may have been deleted meanwhile by that.
  }
}

/** Makes a folder below `root`, and `root` itself, open to nobody else. */
function makeFolder(root: string, path: string): void {
  if (mkdirSync(root, { recursive: true, mode: 0o700 }) !== undefined) markCache(root);
  if (path === root || mkdirSync(path, { recursive: true, mode: 0o700 }) === undefined) return;
  // Folders of entries are made seldom; each time is an occasion to say what this place is.
  markCache(root);
}

/** Does what fails when somebody else empties the cache just then, and does it again when that has happened. */
function again(write: () => void): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      write();
      return;
    } catch (error) {
      if (!isMissing(error) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

function isMissing(error: unknown): boolean {
  return systemCode(error) === 'ENOENT';
}

function pathOf({ root, name }: Entry): string {
  return join(root, name);
}
