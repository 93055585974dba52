import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { mountPointsBelow } from '../apply/mount-points.ts';
import type { Slices } from '../slices.ts';
import { standardLibraryIn } from './python-prefix.ts';
import { REPOSITORY_MARKS } from './repository-marks.ts';

/** What is in a directory that has to be known before all of it is deleted. Paths are absolute. */
export interface Content {
  /** Roots of version control repositories. */
  readonly repositories: readonly string[];
  /** Directories in which another file system is mounted. */
  readonly mountPoints: readonly string[];
  /** Directories in which a Python is installed. */
  readonly pythons: readonly string[];
}

/** Looks through a directory with everything in it. Links are not followed, and neither are other file systems. */
export function* inspectContent(directory: string): Slices<Content> {
  const found: Found = { repositories: [], mountPoints: [], pythons: [] };
  const mountPoints = mountPointsBelow(directory);
  const dev = deviceOf(directory);
  if (dev !== undefined) yield* inspect(directory, { found, mountPoints, dev });
  // A file can be a mount point, too.
  return { ...found, mountPoints: [...new Set([...mountPoints, ...found.mountPoints])] };
}

type Found = { readonly [Kind in keyof Content]: string[] };

interface Search {
  readonly found: Found;
  readonly mountPoints: ReadonlySet<string>;
  readonly dev: number;
}

function* inspect(directory: string, search: Search): Slices {
  yield;
  const { found, mountPoints, dev } = search;
  const entries = entriesOf(directory);
  if (entries.some(({ name }) => REPOSITORY_MARKS.includes(name))) found.repositories.push(directory);
  const hasLibrary = entries.some(({ name }) => /^lib/i.test(name));
  if (hasLibrary && standardLibraryIn(directory) !== undefined) found.pythons.push(directory);
  for (const entry of entries) {
    if (!entry.isDirectory() || REPOSITORY_MARKS.includes(entry.name)) continue;
    const path = join(directory, entry.name);
    const device = deviceOf(path);
    if (mountPoints.has(path) || (device ?? dev) !== dev) found.mountPoints.push(path);
    else if (device !== undefined) yield* inspect(path, search);
  }
}

/** `undefined` for what is not there: another run may be removing it just now. */
function deviceOf(path: string): number | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.dev;
}

// What can't be read can't be deleted either, and is told then.
function entriesOf(directory: string): readonly Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch {
    return [];
  }
}
