import { inSlices } from '@vivarium/core/internal';
import { type Context, type Environment, messageOf, type PackageToInstall } from '@vivarium/core/plugin';
import type { WheelFile } from '@vivarium/wheel-resolver/reading';
import type { UnpackProgress } from './image/build-image.ts';
import { findImage, type ImageUse, openImage } from './image/find-image.ts';
import type { Image } from './image/image.ts';
import { type ImageNames, imageNames } from './image/image-names.ts';

/** What images are wanted for. */
export interface ImageRequest {
  readonly packages: readonly PackageToInstall[];
  readonly environment: Environment;
  /** When images get their byte code: in the background, before the run goes on, or not at all. */
  readonly compiling: 'background' | 'now' | 'never';
  /** They are to be linked to by name. */
  readonly isByName: boolean;
  readonly context: Context;
  /** Finds a wheel of pip, for the launchers in it; it is asked for plans for Windows only. */
  findPip(): Promise<PackageToInstall | undefined>;
  /** Absolute paths of wheels; those whose images are there are not asked for. */
  getWheels(packages: readonly PackageToInstall[]): Promise<readonly string[]>;
}

/**
 * The images of packages, in their order: with byte code where that is there, else without; what isn't in the cache, or
 * isn't as it was built, is built.
 *
 * @throws VivariumError `WHEEL_INVALID`
 */
export async function resolveImages(request: ImageRequest): Promise<readonly Image[]> {
  const toCompile = new Map<string, Image>();
  const images = await Promise.all(
    request.packages.map(async (one) => {
      const names = imageNames(one, request.environment);
      if (!request.isByName) return resolveImage(names, one, { ...request, toCompile });
      const use = { isComplete: true, isLinkedByName: true };
      const found = await takeImage(names.linked, request.context, use);
      if (found !== undefined) return found;
      const image = await resolveImage(names, one, { ...request, toCompile });
      return image.isComplete && !image.isTemporary ? linkable(names.linked, image, request.context) : image;
    }),
  );
  if (toCompile.size > 0) {
    const { compileInBackground } = await import('./compile/compile-in-background.ts');
    await compileInBackground(toCompile, request.environment.interpreter, request.context);
  }
  return images;
}

async function resolveImage(
  { plain, compiled }: ImageNames,
  wanted: PackageToInstall,
  request: ImageRequest & { readonly toCompile: Map<string, Image> },
): Promise<Image> {
  const { context, compiling, toCompile } = request;
  const found =
    compiled === undefined
      ? undefined
      : await takeImage(compiled, context, { isComplete: true, isLinkedByName: false });
  if (found !== undefined) return found;
  const use = { isComplete: compiled === undefined, isLinkedByName: false };
  const image = (await takeImage(plain, context, use)) ?? (await makeImage(plain, wanted, { ...request, use }));
  if (compiled === undefined || !canCompile(request)) return image;
  if (compiling === 'now') return compileNow(compiled, image, request);
  if (!image.isTemporary) toCompile.set(compiled, image);
  return image;
}

/** An image that is in the cache. One that is there and is not as it was built is dropped, and the user is told. */
async function takeImage(name: string, context: Context, use: ImageUse): Promise<Image | undefined> {
  if (context.cache.findDirectory(name) === undefined) return undefined;
  const first = await findImage(name, context, use);
  if ('image' in first) return first.image;
  // Another run may have built it in the meantime, or the cache may just have been emptied.
  if (context.cache.findDirectory(name) === undefined) return undefined;
  const second = await findImage(name, context, use);
  if ('image' in second) return second.image;
  context.warn(
    `the cached files of ${nameOf(name)} are not used and built again, because ${second.problem}; environments that share them by link may be affected`,
    'IMAGE_BUILT_AGAIN',
  );
  context.cache.drop(name);
  return undefined;
}

// `images/3/pip-26.3-…`
function nameOf(entry: string): string {
  return entry.split('/').at(-1)?.split('-').slice(0, 2).join(' ') ?? entry;
}

async function makeImage(
  name: string,
  wanted: PackageToInstall,
  request: ImageRequest & { readonly use: ImageUse },
): Promise<Image> {
  const { environment, context, use } = request;
  const { buildImage } = await import('./image/build-image.ts');
  const wheel = await fileOf(wanted);
  const other = environment.interpreter.os === 'nt' ? await request.findPip() : undefined;
  const pip = other === undefined ? undefined : await fileOf(other);
  const { emit, pause } = context;
  const onProgress = emit === undefined ? undefined : (one: UnpackProgress) => emit({ type: 'unpack', ...one });
  const directory = await context.cache.getDirectory(name, (staging) => {
    context.debug(`unpacking ${wheel.path}`);
    return inSlices(buildImage(staging, { package: wanted, wheel, environment, pip, context, onProgress }), pause);
  });
  return openImage(directory, use);

  async function fileOf(one: PackageToInstall): Promise<WheelFile> {
    const [path = ''] = one.path === undefined ? await request.getWheels([one]) : [one.path];
    return { path, sha256: one.sha256 };
  }
}

async function linkable(name: string, image: Image, context: Context): Promise<Image> {
  const { buildLinkedImage } = await import('./image/build-linked-image.ts');
  const directory = await context.cache.getDirectory(name, (staging) => buildLinkedImage(staging, image));
  return directory.isTemporary ? image : openImage(directory, { isComplete: true, isLinkedByName: true });
}

async function compileNow(name: string, image: Image, { environment, context }: ImageRequest): Promise<Image> {
  const { runCompiler } = await import('./compile/run-compiler.ts');
  context.emit?.({ type: 'compile', package: image.manifest.name });
  try {
    const directory = await context.cache.getDirectory(name, (staging) =>
      runCompiler({ image: image.directory, staging, target: null, claim: null }, environment.interpreter, context),
    );
    return openImage(directory, { isComplete: true, isLinkedByName: false });
  } catch (error) {
    if (context.signal.aborted) throw error;
    context.warn(`${image.manifest.name} was not byte-compiled (${messageOf(error)})`, 'SEED_NOT_COMPILED');
    return image;
  }
}

// A plan for another platform has no interpreter that could be started here.
function canCompile({ compiling, environment }: ImageRequest): boolean {
  return compiling !== 'never' && (environment.interpreter.os === 'nt') === (process.platform === 'win32');
}
