import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Cache } from '@vivarium/core/plugin';
import type { Image } from './image.ts';
import { isSameStart, startOfMachine } from './start-of-machine.ts';

/**
 * Whether all files of an image are there and have the size that they were written with. Where the power fails, files
 * that were written shortly before can be cut off (that an image appears by `rename` says nothing of its content then);
 * so an image is looked at when it is first used after a start of the machine, and what was found is remembered.
 */
export function isIntact(name: string, image: Image, cache: Cache): boolean {
  const started = startOfMachine();
  if (isSameStart(image.manifest.started, started)) return true;
  // Next to the images and not in them: into one that is being removed nothing may be written.
  const entry = `checked/${name.slice(name.indexOf('/') + 1)}`;
  if (isSameStart(Number(cache.readText(entry)), started)) return true;
  if (!hasAllFiles(image)) return false;
  cache.writeText(entry, String(started));
  return true;
}

function hasAllFiles({ directory, manifest }: Image): boolean {
  return manifest.trees.every(({ scheme, files, sizes }) =>
    files.every((file, index) => {
      const path = join(directory, manifest.tree, scheme, file);
      return statSync(path, { throwIfNoEntry: false })?.size === sizes[index];
    }),
  );
}
