import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inSlices } from '@vivarium/core/internal';
import type { CacheDirectory, Context } from '@vivarium/core/plugin';
import { findChange } from './find-change.ts';
import { type Image, MANIFEST } from './image.ts';
import { isIntact } from './is-intact.ts';
import { parseManifest } from './manifest.ts';

/** How an image is used. */
export type ImageUse = Pick<Image, 'isComplete' | 'isLinkedByName'>;

/** An image that was found, or why what was found is none. */
export type FoundImage = { readonly image: Image } | { readonly problem: string };

/**
 * An image that is in the cache. One small file is read, and the system is asked about each file of the image; their
 * contents are read only when the machine was restarted.
 */
export async function findImage(name: string, { cache, pause }: Context, use: ImageUse): Promise<FoundImage> {
  const manifest = parseManifest(cache.readText(`${name}/${MANIFEST}`));
  if (manifest === undefined) return { problem: `its ${MANIFEST} can't be read` };
  const image: Image = { directory: join(cache.directory, name), isTemporary: false, ...use, manifest };
  const problem =
    (await inSlices(findChange(image), pause)) ??
    ((await isIntact(name, image, { cache, pause })) ? undefined : 'its contents are others');
  return problem === undefined ? { image } : { problem };
}

/** The image in a directory that the cache has just returned. */
export function openImage({ path, isTemporary }: CacheDirectory, use: ImageUse): Image {
  const manifest = parseManifest(readFileSync(join(path, MANIFEST), 'utf8'));
  if (manifest === undefined) throw new TypeError(`${join(path, MANIFEST)} can't be read`);
  return { directory: path, isTemporary, ...use, manifest };
}
