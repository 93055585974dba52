import type { LinkMode } from '@vivarium/core/plugin';
import type { Image } from './image/image.ts';

/** How files are put in whose directory is a link for no package, since several have files in it. */
export const IN_COMMON: readonly LinkMode[] = ['hardlink', 'copy'];

/**
 * Images that have a directory of site-packages in common with another one: a namespace (`google`), or the `__pycache__`
 * of modules that are in no directory of their own. It can't be a link to each of them.
 */
export function withCommonTops(images: readonly Image[]): ReadonlySet<Image> {
  const owners = new Map<string, Image[]>();
  for (const image of images) {
    const { root, trees } = image.manifest;
    const files = trees.find(({ scheme }) => scheme === root)?.files ?? [];
    for (const top of new Set(files.map((file) => file.split('/')[0] ?? file))) {
      owners.set(top, [...(owners.get(top) ?? []), image]);
    }
  }
  return new Set([...owners.values()].filter((several) => several.length > 1).flat());
}
