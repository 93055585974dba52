import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Context, type Environment, formatMinorVersion } from '@vivarium/core';
import type { SeedWheel } from '@vivarium/wheel-supply';
import { IMAGE_FORMAT, type Image, type ImageManifest, MANIFEST } from './image.ts';

/**
 * The image of a wheel for the interpreter of an environment; it is built if it isn't in the cache. When it is, one
 * small file is read and the wheel isn't touched.
 *
 * @throws VivariumError `WHEEL_REFUSED`
 */
export async function resolveImage(wheel: SeedWheel, environment: Environment, context: Context): Promise<Image> {
  const name = imageName(wheel, environment);
  const known = parseManifest(context.cache.readText(`${name}/${MANIFEST}`));
  if (known !== undefined) return { folder: join(context.cache.folder, name), isTemporary: false, manifest: known };
  context.cache.drop(name);
  const { buildImage } = await import('./build-image.ts');
  const { path, isTemporary } = await context.cache.getFolder(name, (folder) => {
    context.trace(`unpacking ${wheel.path}`);
    buildImage(folder, wheel, environment);
  });
  const manifest = parseManifest(readFileSync(join(path, MANIFEST), 'utf8'));
  if (manifest === undefined) throw new TypeError(`${join(path, MANIFEST)} can't be read`);
  return { folder: path, isTemporary, manifest };
}

// All of the Python that an image depends on: names of scripts carry its version, RECORD the way to them.
function imageName({ name, version, sha256 }: SeedWheel, { interpreter, layout }: Environment): string {
  const { purelib, platlib, scripts, include } = layout;
  const target = [sha256, interpreter.os, formatMinorVersion(interpreter.version), purelib, platlib, scripts, include];
  const key = createHash('sha256').update(target.join('\0')).digest('hex').slice(0, 20);
  return `images/${IMAGE_FORMAT}/${name}-${version}-${key}`;
}

function parseManifest(text: string | undefined): ImageManifest | undefined {
  if (text === undefined) return undefined;
  try {
    const manifest = JSON.parse(text) as Partial<ImageManifest> | null;
    return manifest?.format === IMAGE_FORMAT && Array.isArray(manifest.trees) ? (manifest as ImageManifest) : undefined;
  } catch {
    return undefined;
  }
}
