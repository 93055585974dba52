import { type Dirent, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseRecord } from '@vivarium/wheel-supply/reading';
import { isTaken } from './image/script-name.ts';

/** A distribution in an environment. */
export interface Distribution {
  readonly destination: string;
  /** Where the `.dist-info` folder is, relative to the environment's root. */
  readonly folder: string;
  readonly distInfo: string;
}

/**
 * What can be taken away of a distribution, as paths relative to the environment's root: whole folders where nothing is
 * in them but what its RECORD lists and byte code, else the files that it lists. A link is taken away itself, and what
 * it leads to stays; so do the environment's own files, whatever a RECORD says.
 */
export function removable({ destination, folder, distInfo }: Distribution): readonly string[] {
  const own = new Set(
    readRecord(join(destination, folder, distInfo, 'RECORD'))
      .map((path) => posix.normalize(posix.join(folder, path)))
      .filter((path) => path.startsWith(`${folder}/`) || isForeign(path)),
  );
  const inFolder = [...own].filter((path) => path.startsWith(`${folder}/`));
  const tops = new Set([distInfo, ...inFolder.map((path) => path.slice(folder.length + 1).split('/')[0] ?? '')]);
  const whole = [...tops].map((top) => `${folder}/${top}`).filter((top) => isOwn(top, lstat(join(destination, top))));
  whole.push(...(whole.includes(`${folder}/${distInfo}`) ? [] : [`${folder}/${distInfo}`]));
  const isCovered = (path: string) => whole.some((top) => path === top || path.startsWith(`${top}/`));
  return [...whole, ...[...own].filter((path) => !isCovered(path) && isWithin(path))];

  function isOwn(path: string, entry: Pick<Dirent, 'isDirectory' | 'isSymbolicLink'> | undefined): boolean {
    if (entry === undefined) return false;
    if (entry.isSymbolicLink() || !entry.isDirectory()) return own.has(path) || path.endsWith('.pyc') || isTop(path);
    const entries = list(join(destination, path));
    return entries.length > 0 && entries.every((inner) => isOwn(`${path}/${inner.name}`, inner));
  }
  // A link in the place of a package's folder.
  function isTop(path: string): boolean {
    return posix.dirname(path) === folder && !own.has(path);
  }
  function isWithin(path: string): boolean {
    try {
      const parent = realpathSync(join(destination, posix.dirname(path)));
      return `${parent}/`.startsWith(`${realpathSync(destination)}/`);
    } catch {
      return false;
    }
  }
}

// A command, or data that the package has put somewhere else in the environment.
function isForeign(path: string): boolean {
  return !/^\.{1,2}(\/|$)|^\//.test(path) && path !== 'pyvenv.cfg' && !isTaken(posix.basename(path));
}

function lstat(path: string) {
  return lstatSync(path, { throwIfNoEntry: false });
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
