import { inSlices } from '@vivarium/core/internal';
import type { Context } from '@vivarium/core/plugin';
import type { Image } from './image.ts';
import { isSameStart, startOfMachine } from './start-of-machine.ts';

/**
 * Whether the files of an image have the contents that they were written with. Where the power fails, files that were
 * written shortly before can be cut off or full of zeros, with the right size and time (that an image appears by `rename`
 * says nothing of its content then); so all are read when an image is first used after a start of the machine, and that
 * is remembered. Where the file system does not keep times, they are read each time.
 */
export async function isIntact(
  name: string,
  { directory, manifest }: Image,
  { cache, pause }: Pick<Context, 'cache' | 'pause'>,
): Promise<boolean> {
  const started = startOfMachine();
  if (manifest.mtime !== null && isSameStart(manifest.started, started)) return true;
  // Next to the images and not in them: into one that is being removed nothing may be written.
  const [kind = '', form = '', stem = ''] = name.split('/');
  const entry = `checked/${form}/${kind}-${stem}`;
  if (manifest.mtime !== null && isSameStart(Number(cache.readText(entry)), started)) return true;
  const { hasContents } = await import('./digest.ts');
  if (!(await inSlices(hasContents(directory, manifest), pause))) return false;
  cache.writeText(entry, String(started));
  return true;
}
