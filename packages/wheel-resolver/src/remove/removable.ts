import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isOwnName, type Slices } from '@vivarium/core/internal';
import { parseRecord } from '../read/record.ts';
import { noteName } from './note-name.ts';

/** A distribution in an environment. */
export interface Distribution {
  readonly destination: string;
  /** Where the `.dist-info` directory is, relative to the environment's root. */
  readonly directory: string;
  readonly distInfo: string;
}

/**
 * What can be taken away of a distribution, as paths relative to the environment's root: whole directories where
 * nothing is in them but what its RECORD lists and byte code, else the files that it lists. A link is taken away
 * itself, and what it leads to stays; so do the environment's own files, whatever a RECORD says. In slices.
 */
export function* removable({ destination, directory, distInfo }: Distribution): Slices<readonly string[]> {
  const own = new Set(
    readRecord(join(destination, directory, distInfo, 'RECORD'))
      .map((path) => posix.normalize(posix.join(directory, path)))
      .filter((path) => path.startsWith(`${directory}/`) || isForeign(path)),
  );
  yield;
  const inDirectory = [...own].filter((path) => path.startsWith(`${directory}/`));
  const tops = new Set(inDirectory.map((path) => `${directory}/${path.slice(directory.length + 1).split('/')[0]}`));
  tops.delete(`${directory}/${distInfo}`);
  const elsewhere = [...own].filter((path) => !path.startsWith(`${directory}/`) && isWithin(path));
  const notes = [...tops].filter((top) => lstat(top)?.isSymbolicLink()).map(noteName);
  const collected: string[] = [];
  for (const top of tops) collected.push(...(yield* collect(top, lstat(top))));
  return [`${directory}/${distInfo}`, ...collected, ...notes.filter((note) => lstat(note)?.isFile()), ...elsewhere];

  // As few paths as possible: a directory of which all is the distribution's own stands for everything in it.
  function* collect(path: string, entry: Kind | undefined): Slices<readonly string[]> {
    if (entry === undefined) return [];
    if (!entry.isDirectory()) return own.has(path) || own.has(sourceOf(path)) || tops.has(path) ? [path] : [];
    yield;
    const found: string[] = [];
    let isWhole = true;
    for (const inner of list(join(destination, path))) {
      const innerPath = `${path}/${inner.name}`;
      const paths = yield* collect(innerPath, inner);
      isWhole &&= paths[0] === innerPath;
      found.push(...paths);
    }
    return isWhole && found.length > 0 ? [path] : found;
  }
  function isWithin(path: string): boolean {
    try {
      const parent = realpathSync(join(destination, posix.dirname(path)));
      return `${parent}/`.startsWith(`${realpathSync(destination)}/`);
    } catch {
      return false;
    }
  }
  function lstat(path: string): Kind | undefined {
    return lstatSync(join(destination, path), { throwIfNoEntry: false });
  }
}

// Of `a/__pycache__/b.cpython-312.pyc` (PEP 3147) and of `a/b.pyc`, it is `a/b.py`.
function sourceOf(path: string): string {
  return path.replace(/(?<![^/])(?:__pycache__\/)?([^/.]+)(?:\.[^/]*)?\.py[co]$/, '$1.py');
}

/** Links are neither: what stands in the place of a package's directory is taken away, and never followed. */
type Kind = Pick<Dirent, 'isDirectory' | 'isFile' | 'isSymbolicLink'>;

// A command, or data that the package has put somewhere else in the environment.
function isForeign(path: string): boolean {
  return !/^\.{1,2}(\/|$)|^\//.test(path) && path !== 'pyvenv.cfg' && !isOwnName(posix.basename(path));
}

function readRecord(path: string): readonly string[] {
  try {
    return parseRecord(readFileSync(path, 'utf8')).map((line) => line.path);
  } catch {
    return [];
  }
}

function list(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}
