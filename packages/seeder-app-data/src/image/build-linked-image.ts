import { chmodSync, copyFileSync, lstatSync, mkdirSync, type Stats, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Image, type ImageFiles, type ImageManifest, LINKED, MANIFEST } from './image.ts';
import { stampNow } from './stamp.ts';
import { startOfMachine } from './start-of-machine.ts';

/**
 * Copies an image into an empty directory, for environments that link to its directories by name. What pip or uv does in
 * such an environment goes through the links, so neither files nor directories are writable. Files are copies, since the
 * permissions of one that other environments share by hard link are theirs too.
 */
export function buildLinkedImage(directory: string, { directory: source, manifest }: Image): void {
  const { tree, trees, linked } = manifest;
  // Byte code of Python 3.6 and older is good for the time of its source alone.
  const stamp = manifest.mtime ?? stampNow();
  const groups = [...trees, { ...linked, scheme: LINKED }];
  mkdirSync(join(directory, tree));
  const copies = groups.map(({ scheme, ...files }) => {
    return copyFiles(join(source, tree, scheme), join(directory, tree, scheme), { files, stamp });
  });
  // Last, since a directory's time is that of the last change in it.
  const directories = groups.flatMap(({ scheme, directories }) => {
    return ['', ...directories].map((inner) => freeze(join(directory, tree, scheme, inner), stamp));
  });
  const frozen = [...copies.flat(), ...directories, freeze(join(directory, tree), stamp)];
  const modes = copies.map((stats) => stats.map(({ mode }) => mode));
  const copied: ImageManifest = {
    ...manifest,
    started: startOfMachine(),
    mtime: frozen.every(({ mtimeMs }) => mtimeMs === stamp) ? stamp : null,
    trees: trees.map((files, index) => ({ ...files, modes: modes[index] ?? [] })),
    linked: { ...linked, modes: modes[trees.length] ?? [] },
  };
  writeFileSync(join(directory, MANIFEST), JSON.stringify(copied));
}

function copyFiles(
  source: string,
  target: string,
  { files: { directories, files }, stamp }: { readonly files: ImageFiles; readonly stamp: number },
): readonly Stats[] {
  mkdirSync(target);
  for (const directory of directories) mkdirSync(join(target, directory));
  return files.map((file) => {
    copyFileSync(join(source, file), join(target, file));
    return freeze(join(target, file), stamp);
  });
}

/** Takes the permission to write away from all, and sets the time of an image's files. */
function freeze(path: string, stamp: number): Stats {
  chmodSync(path, lstatSync(path).mode & 0o555);
  try {
    utimesSync(path, new Date(), new Date(stamp));
  } catch {
    // Some file systems set no times; what they say is looked at by the caller.
  }
  return lstatSync(path);
}
