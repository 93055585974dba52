import { type Context, type Environment, messageOf } from '@vivarium/core/plugin';
import type { SeedWheel } from '@vivarium/wheel-resolver';
import { findImage, openImage } from './image/find-image.ts';
import type { Image } from './image/image.ts';
import { imageNames } from './image/image-names.ts';

/** What images are wanted for. */
export interface ImageRequest {
  readonly wheels: readonly SeedWheel[];
  readonly environment: Environment;
  /** When images get their byte code: in the background, before it goes on, or not at all. */
  readonly compiling: 'background' | 'now' | 'never';
  readonly context: Context;
  /** Finds a wheel of pip, for the launchers in it; it is asked for plans for Windows only. */
  findPip(): Promise<SeedWheel | undefined>;
}

/**
 * The images of wheels, in their order: with byte code where that is there, else without; what isn't in the cache is
 * made. With a filled cache one small file is read for each.
 *
 * @throws VivariumError `WHEEL_INVALID`
 */
export async function resolveImages(request: ImageRequest): Promise<readonly Image[]> {
  const toCompile = new Map<string, Image>();
  const images = await Promise.all(
    request.wheels.map(async (wheel) => {
      const { plain, compiled } = imageNames(wheel, request.environment);
      const found = compiled === undefined ? undefined : takeImage(compiled, request.context, true);
      if (found !== undefined) return found;
      const isComplete = compiled === undefined;
      const image =
        takeImage(plain, request.context, isComplete) ?? (await makeImage(plain, wheel, { ...request, isComplete }));
      if (compiled === undefined || !canCompile(request)) return image;
      if (request.compiling === 'now') return compileNow(compiled, image, request);
      if (!image.isTemporary) toCompile.set(compiled, image);
      return image;
    }),
  );
  if (toCompile.size > 0) {
    const { compileInBackground } = await import('./compile/compile-in-background.ts');
    await compileInBackground(toCompile, request.environment.interpreter, request.context);
  }
  return images;
}

/** An image that is in the cache. One that is there and is not whole is taken away. */
function takeImage(name: string, context: Context, isComplete: boolean): Image | undefined {
  const found = findImage(name, context, isComplete);
  if (found !== undefined || context.cache.findDirectory(name) === undefined) return found;
  // Another run may have made it in the meantime.
  const again = findImage(name, context, isComplete);
  if (again === undefined) context.cache.drop(name);
  return again;
}

async function makeImage(
  name: string,
  wheel: SeedWheel,
  request: ImageRequest & Pick<Image, 'isComplete'>,
): Promise<Image> {
  const { environment, context, isComplete } = request;
  const { buildImage } = await import('./image/build-image.ts');
  const pip = environment.interpreter.os === 'nt' ? await request.findPip() : undefined;
  const directory = await context.cache.getDirectory(name, (staging) => {
    context.debug(`unpacking ${wheel.path}`);
    buildImage(staging, { wheel, environment, pip });
  });
  return openImage(directory, isComplete);
}

async function compileNow(name: string, image: Image, { environment, context }: ImageRequest): Promise<Image> {
  const { runCompiler } = await import('./compile/run-compiler.ts');
  try {
    const directory = await context.cache.getDirectory(name, (staging) =>
      runCompiler({ image: image.directory, staging, target: null, claim: null }, environment.interpreter, context),
    );
    return openImage(directory, true);
  } catch (error) {
    if (context.signal.aborted) throw error;
    context.warn(`${image.manifest.name} was not byte-compiled (${messageOf(error)})`);
    return image;
  }
}

// A plan for another platform has no interpreter that could be started here.
function canCompile({ compiling, environment }: ImageRequest): boolean {
  return compiling !== 'never' && (environment.interpreter.os === 'nt') === (process.platform === 'win32');
}
