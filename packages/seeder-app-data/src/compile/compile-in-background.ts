import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryName } from '@vivarium/core/internal';
import { type Context, type Interpreter, messageOf } from '@vivarium/core/plugin';
import type { Image } from '../image/image.ts';
import { type CompileJob, startCompiler } from './run-compiler.ts';

/**
 * Has images compiled in the background, each by one process however many runs want it: the first to claim it starts
 * that. A claim whose process died or failed can be created again after an hour.
 *
 * @param images by the names of the entries that they are compiled into
 */
export async function compileInBackground(
  images: ReadonlyMap<string, Image>,
  interpreter: Interpreter,
  context: Context,
): Promise<void> {
  const jobs: CompileJob[] = [];
  for (const [name, image] of images) {
    const claim = await claimEntry(name.replace(/^compiled/, 'compiling'), context);
    if (claim === undefined) continue;
    const target = join(context.cache.directory, name);
    const staging = `${target}.${temporaryName()}.tmp`;
    try {
      mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    } catch (error) {
      // The environment is none the worse for it.
      context.debug(`${image.manifest.name} is not byte-compiled (${messageOf(error)})`);
      continue;
    }
    jobs.push({ image: image.directory, staging, target, claim });
  }
  if (jobs.length > 0) await startCompiler(jobs, interpreter, context);
}

const CLAIM = 'claim';
const CLAIM_LIFETIME = 60 * 60 * 1000;

/** The directory that stands for the claim, or `undefined` if another run has it or the cache can't be written. */
async function claimEntry(entry: string, { cache }: Context): Promise<string | undefined> {
  const known = cache.readText(`${entry}/${CLAIM}`);
  if (known !== undefined) {
    if (Date.now() - Number(known.split(' ')[0]) < CLAIM_LIFETIME) return undefined;
    cache.drop(entry);
  }
  const token = `${Date.now()} ${temporaryName()}`;
  const { path, isTemporary } = await cache.getDirectory(entry, (directory) =>
    writeFileSync(join(directory, CLAIM), token),
  );
  // Of several runs that make the entry at once, the one whose token is in it has won.
  return !isTemporary && readFileSync(join(path, CLAIM), 'utf8') === token ? path : undefined;
}
