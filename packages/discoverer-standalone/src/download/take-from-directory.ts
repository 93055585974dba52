import { copyFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '@vivarium/core/plugin';
import type { ManifestBuild } from '../manifest/manifest.ts';
import { FetchFailure } from './fetch-failure.ts';
import type { FileRequest } from './fetch-file.ts';
import { hashFile } from './hash-file.ts';

/**
 * Copies an archive out of a directory: the one with the path or the name that the manifest has, else any whose hash is
 * the right one, whatever it is called.
 *
 * @returns the path of the archive
 * @throws FetchFailure; the system's error where the copy can't be written
 */
export async function takeFromDirectory(
  directory: string,
  { path, sha256, size }: Pick<ManifestBuild, 'path' | 'sha256' | 'size'>,
  { target, signal, onProgress }: Pick<FileRequest, 'target' | 'onProgress'> & { readonly signal: AbortSignal },
): Promise<string> {
  const own = decodeURIComponent(path);
  const name = own.slice(own.lastIndexOf('/') + 1);
  let others: readonly string[];
  try {
    others = await readdir(directory);
  } catch (cause) {
    throw new FetchFailure(messageOf(cause), { cause });
  }
  let wrong: string | undefined;
  const archives = others.filter((other) => /\.(?:tar\.gz|tgz)$/i.test(other) && other !== name).sort();
  for (const candidate of [own, name, ...archives]) {
    const file = join(directory, candidate);
    const stats = await stat(file).catch(() => undefined);
    if (!stats?.isFile()) continue;
    const isRight = (size === undefined || stats.size === size) && (await hashFile(file, signal)) === sha256;
    if (isRight) {
      onProgress(0, stats.size);
      await copyFile(file, target);
      onProgress(stats.size, stats.size);
      return file;
    }
    if (candidate === own || candidate === name) wrong = candidate;
  }
  if (wrong !== undefined)
    throw new FetchFailure(`${wrong} is not the file that the manifest names: its SHA-256 is another`);
  throw new FetchFailure(`it holds no archive with the SHA-256 ${sha256}`);
}
