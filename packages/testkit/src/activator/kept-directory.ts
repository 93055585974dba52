import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A directory in the user's cache that `fill` has filled once, for what takes seconds to make and what dozens of test
 * files need, each in a process of its own. Several at once do no harm: each fills a directory of its own, and the first
 * to end renames it.
 *
 * @param name - what says what is in there; what would differ needs another name
 * @returns the absolute path; rejects with what `fill` rejects with
 */
export async function keptDirectory(name: string, fill: (directory: string) => Promise<void>): Promise<string> {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'vivarium-testkit');
  const directory = join(cache, name);
  if (existsSync(join(directory, 'complete'))) return directory;
  await mkdir(cache, { recursive: true });
  const own = await mkdtemp(join(cache, 'filling-'));
  try {
    await fill(own);
    await writeFile(join(own, 'complete'), '');
    await rename(own, directory).catch((error: unknown) => {
      if (!existsSync(join(directory, 'complete'))) throw error;
    });
  } finally {
    await rm(own, { recursive: true, force: true });
  }
  return directory;
}
