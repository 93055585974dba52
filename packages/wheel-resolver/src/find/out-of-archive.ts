import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Cache } from '@vivarium/core/plugin';

/** A wheel that another program is to read. */
export interface WheelToRead {
  /** Absolute. */
  readonly path: string;
  readonly sha256: string;
}

/**
 * The path of a wheel for programs that know nothing of archives in which this process alone sees files: those of Electron
 * (`app.asar`) and of Yarn's Plug'n'Play (`cache/….zip`). It is copied into the cache then.
 */
export async function outOfArchive({ path, sha256 }: WheelToRead, cache: Cache): Promise<string> {
  if (!/\.(?:asar|zip)[\\/]/.test(path)) return path;
  const file = basename(path);
  const directory = await cache.getDirectory(`shipped-wheels/1/${sha256.slice(0, 16)}`, (staging) => {
    writeFileSync(join(staging, file), readFileSync(path));
  });
  return join(directory.path, file);
}
