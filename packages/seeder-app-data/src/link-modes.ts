import type { Context, LinkMode, Settings } from '@vivarium/core';
import type { Image } from './image/image.ts';
import type { options } from './options.ts';

const AUTO: readonly LinkMode[] = ['reflink', 'hardlink', 'copy'];

/** The settings that say how files are put in. */
export type LinkSettings = Pick<Settings<typeof options>, 'linkMode' | 'symlinkAppData'>;

/** Whether seeds are linked to the cache by name. */
export function isByName({ linkMode, symlinkAppData }: LinkSettings): boolean {
  return symlinkAppData || linkMode === 'symlink';
}

/**
 * The ways to try. What was asked for comes first, and a copy is what every file system can do. Symbolic links stand by
 * themselves, since whole folders are linked; into a cache that goes away with the run none are made.
 */
export function linkModes(settings: LinkSettings, images: readonly Image[], context: Context): readonly LinkMode[] {
  const { linkMode } = settings;
  if (isByName(settings)) {
    if (!images.some(({ isTemporary }) => isTemporary)) return ['symlink'];
    context.notice('seed packages are not linked by name, because the cache they lie in is a temporary one');
    return AUTO;
  }
  if (linkMode === 'auto') return AUTO;
  return linkMode === 'copy' ? ['copy'] : [linkMode, 'copy'];
}
