import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CacheDirectory, Context } from '@vivarium/core/plugin';
import { IMAGE_FORMAT, type Image, type ImageManifest, MANIFEST } from './image.ts';
import { isIntact } from './is-intact.ts';

/**
 * An image that is in the cache. One small file is read, and neither the wheel nor a file of the image is touched, but
 * when the machine was started again: then its files are looked at once.
 *
 * @param isComplete whether it is one that no Python adds byte code to
 */
export function findImage(name: string, { cache }: Context, isComplete: boolean): Image | undefined {
  const manifest = parseManifest(cache.readText(`${name}/${MANIFEST}`));
  if (manifest === undefined) return undefined;
  const image = { directory: join(cache.directory, name), isTemporary: false, isComplete, manifest };
  return isIntact(name, image, cache) ? image : undefined;
}

/** The image in a directory that the cache has just given. */
export function openImage({ path, isTemporary }: CacheDirectory, isComplete: boolean): Image {
  const manifest = parseManifest(readFileSync(join(path, MANIFEST), 'utf8'));
  if (manifest === undefined) throw new TypeError(`${join(path, MANIFEST)} can't be read`);
  return { directory: path, isTemporary, isComplete, manifest };
}

function parseManifest(text: string | undefined): ImageManifest | undefined {
  if (text === undefined) return undefined;
  try {
    const manifest = JSON.parse(text) as Partial<ImageManifest> | null;
    const isWhole =
      manifest?.format === IMAGE_FORMAT &&
      typeof manifest.tree === 'string' &&
      typeof manifest.started === 'number' &&
      Array.isArray(manifest.trees) &&
      manifest.trees.every(({ files, sizes }) => Array.isArray(sizes) && sizes.length === files.length);
    return isWhole ? (manifest as ImageManifest) : undefined;
  } catch {
    return undefined;
  }
}
