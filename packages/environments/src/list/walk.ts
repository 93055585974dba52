import { type Dirent, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readEntries } from '../read/list-directory.ts';
import { isKeptElsewhere } from '../trash/trash.ts';

/** Limits of a search. */
export interface WalkLimits {
  /** How many directories are read at most. @default 200,000 */
  readonly maxDirectories?: number;
  readonly signal?: AbortSignal | undefined;
  /** Told after every thousand directories. */
  readonly onProgress?: ((directories: number) => void) | undefined;
}

/** What a search came to. */
export interface WalkResult {
  readonly directories: number;
  /** Whether it ended at a limit, so that there may be more. */
  readonly isCutShort: boolean;
}

const MAX_DIRECTORIES = 200_000;
const AT_ONCE = 1000;

/** Caches, repositories and packages of other languages: what is below them is not an environment that someone works in. */
const SKIPPED: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.cache', '.npm', '.cargo', '.rustup', '.Trash'],
  ...['site-packages', 'proc', 'sys', 'vivarium-trash'],
]);

/**
 * Finds directories with a `pyvenv.cfg` or `conda-meta`, and redirects, below a directory. Links are not followed, other
 * file systems are not entered, and what is in an environment is not looked at, so that it ends whatever the tree is like.
 *
 * @yields paths of environments and of redirects, and in between nothing, so that others get their turn
 */
export async function* walk(root: string, limits: WalkLimits = {}): AsyncGenerator<string, WalkResult> {
  const { maxDirectories = MAX_DIRECTORIES, signal, onProgress } = limits;
  const dev = deviceOf(root);
  const open = [root];
  let count = 0;
  for (let directory = open.pop(); directory !== undefined; directory = open.pop()) {
    if (count >= maxDirectories || signal?.aborted) return { directories: count, isCutShort: true };
    count += 1;
    if (count % AT_ONCE === 0) {
      onProgress?.(count);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const entries = readEntries(directory);
    if (entries.some(isMark)) {
      yield directory;
      continue;
    }
    for (const entry of entries) {
      const path = join(directory, entry.name);
      if (entry.isFile() && entry.name === '.venv') yield path;
      if (entry.isDirectory() && !isSkipped(entry.name) && isOn(dev, path, directory)) open.push(path);
    }
  }
  return { directories: count, isCutShort: false };
}

function isSkipped(name: string): boolean {
  return SKIPPED.has(name) || isKeptElsewhere(name);
}

function isMark(entry: Dirent): boolean {
  return (entry.name === 'pyvenv.cfg' && !entry.isDirectory()) || (entry.name === 'conda-meta' && entry.isDirectory());
}

// Only where file systems are usually mounted: to ask for every directory takes longer than all else.
function isOn(dev: number | undefined, path: string, parent: string): boolean {
  return !/^(?:\/|\/mnt|\/media|\/Volumes|\/run|\/srv|\/net)$/.test(parent) && basename(path) !== 'mnt'
    ? true
    : deviceOf(path) === dev;
}

function deviceOf(path: string): number | undefined {
  try {
    return statSync(path).dev;
  } catch {
    return undefined;
  }
}
