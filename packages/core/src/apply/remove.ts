import { type Dirent, lstatSync, mkdirSync, readdirSync, realpathSync, rmdirSync, rmSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemCode } from '../error.ts';
import { atOnce, type Slices } from '../slices.ts';
import { mountPointsBelow } from './mount-points.ts';

/** Removes a file or a directory with everything in it, and says whether it is gone. See {@link removingTree}. */
export function remove(path: string): boolean {
  return atOnce(removing(path));
}

/** The same in slices. */
export function* removing(path: string): Slices<boolean> {
  // What failed once may have been another process at work in there; what fails again will fail every time.
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    try {
      yield* removingTree(path);
      return true;
    } catch {
      // The caller tells the user that it is still there.
    }
  }
  return false;
}

/** Removes a file or a directory. See {@link removingTree}. */
export function removeTree(path: string): void {
  atOnce(removingTree(path));
}

/**
 * Removes a file or a directory with everything in it, but nothing of another file system that is mounted in it: Node's
 * own `rmSync` empties that, from Node 23 on in every case. What is not there is no error.
 *
 * @throws the system's error; `EBUSY` for a mount point
 */
export function* removingTree(path: string): Slices {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (stats.isDirectory())
    yield* removingDirectory({ path, name: realpathSync.native(path) }, stats.dev, mountPointsBelow(path));
  else unlink(path);
}

interface Place {
  readonly path: string;
  /** The same as the table of mount points has it. */
  readonly name: string;
}

function* removingDirectory({ path, name }: Place, dev: number, mountPoints: ReadonlySet<string>): Slices {
  let failure: unknown;
  for (const entry of entriesOf(path)) {
    yield;
    const inner = { path: join(path, entry.name), name: join(name, entry.name) };
    try {
      if (mountPoints.has(inner.name)) throw busy(inner.name);
      if (!entry.isDirectory()) unlink(inner.path);
      else if (isOn(dev, inner.path)) yield* removingDirectory(inner, dev, mountPoints);
    } catch (error) {
      // The rest goes away all the same.
      failure ??= error;
    }
  }
  if (failure !== undefined) throw failure;
  ignoreMissing(() => rmdirSync(path));
}

function isOn(dev: number, path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats !== undefined && stats.dev !== dev) throw busy(path);
  return stats !== undefined;
}

function busy(path: string): Error {
  return Object.assign(new Error(`EBUSY: a file system is mounted at ${path}`), { code: 'EBUSY', path });
}

function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

function unlink(path: string): void {
  // On Windows a file may be marked as read-only, or be in use for a moment.
  if (process.platform === 'win32') rmSync(path, { force: true, maxRetries: 3 });
  else ignoreMissing(() => unlinkSync(path));
}

function ignoreMissing(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

/** The topmost directory that is missing of a path, to be told to {@link removeCreatedParents} afterwards. */
export function topmostMissing(directory: string): string | undefined {
  if (isThere(directory)) return undefined;
  const parent = dirname(directory);
  return parent === directory ? undefined : (topmostMissing(parent) ?? directory);
}

/** Creates a directory and those above it. (Node's own recursive `mkdirSync` never returns in places such as `/proc`.) */
export function createParents(directory: string): void {
  try {
    mkdirSync(directory);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' && dirname(directory) !== directory) {
      createParents(dirname(directory));
      mkdirSync(directory);
    } else if (!isThere(directory)) throw error;
  }
}

/** Removes the directories from `last` up to `first` as far as they are empty: those that a run created. */
export function removeCreatedParents(first: string | undefined, last: string): void {
  if (first === undefined) return;
  for (let directory = last; directory.length >= first.length; directory = dirname(directory)) {
    try {
      rmdirSync(directory);
    } catch (error) {
      // Another process has put something there: it stays. The innermost may not have been created.
      if (systemCode(error) !== 'ENOENT') return;
    }
  }
}

export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
