import type { Context, LinkMode, Settings } from '@vivarium/core/plugin';
import type { Image } from './image/image.ts';
import type { options } from './options.ts';

const AUTO: readonly LinkMode[] = ['reflink', 'hardlink', 'copy'];

/** The settings that say how files are put in. */
export type LinkSettings = Pick<Settings<typeof options>, 'linkMode' | 'symlinkAppData'>;

/** Whether seeds are linked to the cache by name. */
export function isByName({ linkMode, symlinkAppData }: LinkSettings): boolean {
  return symlinkAppData || linkMode === 'symlink';
}

/** What is linked, and where to. */
export interface Linking {
  readonly images: readonly Image[];
  /** Why nothing may be shared with the cache. */
  readonly whyCopied: string | undefined;
  readonly context: Context;
}

/**
 * The ways to try. What was asked for comes first, and a copy is what every file system can do. Symbolic links stand by
 * themselves, since whole directories are linked; into a cache that goes away with the run none are created.
 */
export function linkModes(settings: LinkSettings, { images, whyCopied, context }: Linking): readonly LinkMode[] {
  const { linkMode } = settings;
  const auto = AUTO.filter((mode) => mode !== 'hardlink' || whyCopied === undefined);
  if (isByName(settings)) {
    const reason = whyNotByName(images);
    if (reason === undefined) return ['symlink'];
    context.warn(`seed packages are not linked by name, because ${reason}`, 'LINK_MODE_CHANGED');
    return auto;
  }
  if (linkMode === 'auto') return auto;
  if (linkMode === 'copy' || (linkMode === 'hardlink' && whyCopied !== undefined)) return ['copy'];
  return [linkMode, 'copy'];
}

function whyNotByName(images: readonly Image[]): string | undefined {
  if (images.some(({ isTemporary }) => isTemporary)) return 'the cache that they are in is a temporary one';
  if (images.some(({ isComplete }) => !isComplete)) return 'Python would write their byte code into the cache';
  const pip = images.find(({ manifest }) => manifest.name === 'pip')?.manifest.version;
  const [major = 0, minor = 0] = pip?.split('.').map(Number) ?? [Number.POSITIVE_INFINITY];
  // Older ones follow such links and then refuse to touch what they lead to.
  return major < 19 || (major === 19 && minor < 3) ? `pip ${pip} can't replace them (19.3 and later can)` : undefined;
}
