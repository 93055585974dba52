import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { Slices } from '@vivarium/core/internal';
import { type Image, type ImageFiles, LINKED, MANIFEST } from './image.ts';

/**
 * What of an image is not as it was built, told by what the file system says of each file: a clause that completes
 * "because …". Environments share an image's files by hard link, so a `chown -R` or `chmod -R` of one of them, or an
 * editor that writes in place, changes the image. One `lstat` for each file; nothing is opened.
 *
 * Owners are those of the manifest, which no environment shares: in a container the same files have other numbers.
 */
export function* findChange({
  directory,
  manifest,
  isLinkedByName,
}: Omit<Image, 'isTemporary'>): Slices<string | undefined> {
  const owner = lstatSync(join(directory, MANIFEST), { throwIfNoEntry: false });
  if (owner === undefined) return `${MANIFEST} is missing`;
  const built = { mtime: manifest.mtime, owner };
  const tree = `${directory}/${manifest.tree}`;
  for (const files of manifest.trees) {
    const change = yield* findIn(`${tree}/${files.scheme}`, files, built);
    if (change !== undefined) return change;
  }
  if (!isLinkedByName) return undefined;
  const linked = yield* findIn(`${tree}/${LINKED}`, manifest.linked, built);
  if (linked !== undefined) return linked;
  // Environments link to these directories, so that something may have been put in or taken away.
  const all = [...manifest.trees, { ...manifest.linked, scheme: LINKED }];
  const directories = all.flatMap(({ scheme, directories }) => [scheme, ...directories.map((it) => `${scheme}/${it}`)]);
  return findInDirectories([tree, ...directories.map((directory) => `${tree}/${directory}`)], built);
}

interface Built {
  readonly mtime: number | null;
  readonly owner: Stats;
}

// Windows has no such permissions, and Node and Python show others there.
const HAS_MODES = process.platform !== 'win32';

// Created once: this is called a thousand times in a run.
const QUIET = { throwIfNoEntry: false } as const;

function* findIn(
  base: string,
  { files, sizes, modes }: ImageFiles,
  { mtime, owner }: Built,
): Slices<string | undefined> {
  const { uid, gid } = owner;
  for (let index = 0; index < files.length; index += 1) {
    if (index % SLICE === 0) yield;
    const path = `${base}/${files[index]}`;
    const stats = lstatSync(path, QUIET);
    if (stats === undefined) return `${path} is missing`;
    if (stats.size !== sizes[index]) return `${path} has another size`;
    if (HAS_MODES && stats.mode !== modes[index]) return `${path} has other permissions`;
    if (stats.uid !== uid || stats.gid !== gid) return `${path} has another owner`;
    if (mtime !== null && stats.mtimeMs !== mtime) return `${path} was written to`;
  }
  return undefined;
}

/** Files that are looked at without a pause. */
const SLICE = 32;

function findInDirectories(paths: readonly string[], { mtime, owner }: Built): string | undefined {
  for (const path of paths) {
    const stats = lstatSync(path, QUIET);
    if (stats === undefined) return `${path} is missing`;
    if (stats.uid !== owner.uid || stats.gid !== owner.gid) return `${path} has another owner`;
    if (HAS_MODES && (stats.mode & 0o222) !== 0) return `${path} has other permissions`;
    if (mtime !== null && stats.mtimeMs !== mtime) return `${path} was written to`;
  }
  return undefined;
}
