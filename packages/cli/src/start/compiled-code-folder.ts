import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCacheFolder } from '@vivarium/core';

/**
 * Where compiled code of the command is kept: in the user's own cache, if that is there and nobody else can write to it.
 * Whoever could put something there would have it run.
 */
export function compiledCodeFolder(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const cache = env.VIVARIUM_OVERRIDE_APP_DATA || env.VIVARIUM_APP_DATA || defaultCacheFolder(env);
  return cache !== undefined && isOnlyOurs(cache) ? join(cache, 'code', '1') : undefined;
}

/** Whether a path is a real folder of this user's that nobody else can write to. */
export function isOnlyOurs(folder: string): boolean {
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isDirectory()) return false;
  return process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0);
}
