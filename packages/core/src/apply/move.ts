import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  type Stats,
  symlinkSync,
  unlinkSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../error.ts';
import { copyWithTimes, setMode } from './copy-file.ts';
import { mountPointsBelow } from './mount-points.ts';
import { isThere } from './remove.ts';

/**
 * Moves a file or a directory: by a rename, and where the system refuses that, whatever it says, piece by piece. Directories
 * of a lower layer of an overlay file system (a container's image) can't be renamed (`EXDEV`), for example. A move that was
 * broken off is completed by the same call again.
 *
 * @throws the system's error of the last way that was tried
 */
export function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const stats = lstatSync(from, { throwIfNoEntry: false });
    if (stats === undefined) throw error;
    if (!stats.isDirectory()) moveFile(from, to, stats);
    else if (mountPointsBelow(from).size > 0 || systemCode(error) === 'EBUSY') throw error;
    else moveDirectory(from, to, stats);
  }
}

function moveDirectory(from: string, to: string, stats: Stats): void {
  if (!lstatSync(to, { throwIfNoEntry: false })?.isDirectory()) mkdirSync(to, { mode: 0o700 });
  for (const name of readdirSync(from)) {
    const inner = join(from, name);
    if (lstatSync(inner).dev !== stats.dev && lstatSync(inner).isDirectory()) throw crossesMount(inner);
    move(inner, join(to, name));
  }
  setMode(to, stats.mode & 0o7777);
  keepTimes(to, stats);
  rmdirSync(from);
}

function moveFile(from: string, to: string, stats: Stats): void {
  // Left by a move that was broken off; something else is not overwritten.
  if (isThere(to) && lstatSync(to).isFile() && stats.isFile()) unlinkSync(to);
  if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else copyWithTimes(from, to, 'any');
  unlinkSync(from);
}

function keepTimes(path: string, { atime, mtime }: Stats): void {
  try {
    utimesSync(path, atime, mtime);
  } catch {
    // Nothing depends on the times of a directory.
  }
}

function crossesMount(path: string): Error {
  return Object.assign(new Error(`EBUSY: a file system is mounted at ${path}`), { code: 'EBUSY', path });
}
