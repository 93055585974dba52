import { closeSync, fchmodSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Environment } from '@vivarium/core';
import type { SeedWheel } from '@vivarium/wheel-supply';
import { refuseWheel } from '@vivarium/wheel-supply/reading';
import { IMAGE_FORMAT, type ImageManifest, type ImageTree, LINKED, MANIFEST, TREE } from './image.ts';
import { install } from './install.ts';
import { type PlacedFile, readWheel } from './read-wheel.ts';

/**
 * Unpacks a wheel into an empty folder as an installer would (binary distribution format, "Installing a wheel"). What
 * says where the environment stands is left to the plan.
 *
 * @throws VivariumError `WHEEL_REFUSED`; the folder is then worth nothing
 */
export function buildImage(folder: string, wheel: SeedWheel, environment: Environment): void {
  const { name, version, sha256 } = wheel;
  const { root, distInfo, files, linkedRecord, consoleScripts, ownScripts } = prepare(wheel, environment);
  const trees = listTrees(files);
  for (const { scheme, directories } of trees) {
    mkdirSync(join(folder, TREE, scheme), { recursive: true });
    for (const directory of directories) mkdirSync(join(folder, TREE, scheme, directory));
  }
  for (const file of files) writeFile(join(folder, TREE, file.scheme, file.path), file);
  for (const file of files) {
    if (file.scheme !== root || !file.path.startsWith(`${distInfo}/`)) continue;
    const path = join(folder, LINKED, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFile(path, file.path === `${distInfo}/RECORD` ? { ...file, contents: linkedRecord } : file);
  }
  const known = { format: IMAGE_FORMAT, name, version, sha256, root, distInfo } as const;
  const manifest: ImageManifest = { ...known, consoleScripts, ownScripts, trees };
  writeFileSync(join(folder, MANIFEST), JSON.stringify(manifest));
}

function prepare(wheel: SeedWheel, environment: Environment): ReturnType<typeof install> {
  try {
    return install(wheel.name, readWheel(wheel), environment);
  } catch (error) {
    throw refuseWheel(basename(wheel.path), error);
  }
}

function listTrees(files: readonly PlacedFile[]): readonly ImageTree[] {
  const schemes = [...new Set(files.map(({ scheme }) => scheme))];
  return schemes.map((scheme) => {
    const paths = files.filter((file) => file.scheme === scheme).map(({ path }) => path);
    return { scheme, directories: [...new Set(paths.flatMap(parents))].sort(), files: paths };
  });
}

function parents(path: string): readonly string[] {
  const folder = dirname(path);
  return folder === '.' ? [] : [...parents(folder), folder];
}

// The mode is set and not left to the umask: the file is linked into environments that others may use.
function writeFile(path: string, { contents, isExecutable }: Pick<PlacedFile, 'contents' | 'isExecutable'>): void {
  const file = openSync(path, 'wx', 0o600);
  try {
    for (let written = 0; written < contents.length; ) written += writeSync(file, contents, written);
    fchmodSync(file, isExecutable ? 0o755 : 0o644);
  } finally {
    closeSync(file);
  }
}
