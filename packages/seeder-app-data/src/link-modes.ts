import type { Context, LinkMode, Settings } from '@vivarium/core';
import type { Image } from './image/image.ts';
import type { options } from './options.ts';

const AUTO: readonly LinkMode[] = ['reflink', 'hardlink', 'copy'];

/**
 * The ways to try. What was asked for comes first, and a copy is what every file system can do; symbolic links alone
 * stand by themselves, since whole folders are linked.
 */
export function linkModes(
  settings: Pick<Settings<typeof options>, 'linkMode' | 'symlinkAppData'>,
  images: readonly Image[],
  context: Context,
): readonly LinkMode[] {
  const mode = settings.symlinkAppData ? 'symlink' : settings.linkMode;
  if (mode === 'auto' || mode === 'copy') return mode === 'auto' ? AUTO : ['copy'];
  if (mode !== 'symlink') return [mode, 'copy'];
  if (!images.some(({ isTemporary }) => isTemporary)) return ['symlink'];
  context.notice('seed packages are not linked by name, because the cache they lie in is a temporary one');
  return AUTO;
}
