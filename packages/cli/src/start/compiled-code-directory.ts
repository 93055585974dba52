import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCacheDirectory } from '@vivarium/core/host';

/**
 * Where compiled code of the command is kept: in the user's own cache, if that is there and no other user can write to
 * it. Anyone who could put something there would have it run.
 */
export function compiledCodeDirectory(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const cache = env.VIVARIUM_OVERRIDE_APP_DATA || env.VIVARIUM_APP_DATA || defaultCacheDirectory(env);
  return cache !== undefined && isOnlyOurs(cache) ? join(cache, 'code', '1') : undefined;
}

/** Whether a path is a real directory of this user's that no one else can write to. */
export function isOnlyOurs(directory: string): boolean {
  try {
    const stats = lstatSync(directory, { throwIfNoEntry: false });
    if (stats === undefined || !stats.isDirectory()) return false;
    return process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0);
  } catch {
    // A home that can't be searched, is not a directory, or is a loop of links: then nothing is kept.
    return false;
  }
}
