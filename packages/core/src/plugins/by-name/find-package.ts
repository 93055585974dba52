import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemCode, VivariumError } from '../../error.ts';
import { plugNPlayFor } from './plug-n-play.ts';

/** A package as it is installed. */
export interface InstalledPackage {
  readonly name: string;
  /** Its folder, with links resolved. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The folder that it was found from. */
  readonly root: string;
}

/** A `package.json`, of which nothing is believed yet. */
export type Manifest = Readonly<Record<string, unknown>>;

/** The package that code in the folder `root` would get by this name, if any. Nothing is run. */
export function findPackage(name: string, root: string): InstalledPackage | undefined {
  const folder = folderOf(name, root);
  if (folder === undefined) return undefined;
  return { name, folder, manifest: readManifest(folder) ?? {}, root };
}

/** The package that a file or folder belongs to, if any. */
export function packageAround(path: string): Omit<InstalledPackage, 'root'> | undefined {
  for (const folder of upwardFrom(path)) {
    if (basename(folder) === 'node_modules') return undefined;
    const manifest = readManifestIfGood(folder);
    if (manifest === undefined) continue;
    return { name: typeof manifest.name === 'string' ? manifest.name : basename(folder), folder, manifest };
  }
  return undefined;
}

/** A folder, and all above it. */
export function upwardFrom(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...upwardFrom(parent)];
}

function folderOf(name: string, root: string): string | undefined {
  const plugNPlay = plugNPlayFor(root);
  if (plugNPlay !== undefined) {
    try {
      return plugNPlay.resolveToUnqualified(name, join(root, '/')) ?? undefined;
    } catch {
      return undefined;
    }
  }
  // A package may name itself, as it does while it is being made.
  const around = packageAround(root);
  if (around?.name === name && around.manifest.exports !== undefined) return around.folder;
  const found = upwardFrom(root)
    .filter((folder) => basename(folder) !== 'node_modules')
    .map((folder) => join(folder, 'node_modules', name))
    .find(isFolder);
  return found === undefined ? undefined : realpathSync(found);
}

function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, 'package.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw unreadable(path, error);
  }
  try {
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === 'object' && manifest !== null ? (manifest as Manifest) : {};
  } catch (error) {
    throw unreadable(path, error);
  }
}

// A folder that somebody works in may hold anything.
function readManifestIfGood(folder: string): Manifest | undefined {
  try {
    return readManifest(folder);
  } catch {
    return undefined;
  }
}

function unreadable(path: string, cause: unknown): VivariumError {
  return new VivariumError('PLUGIN_INVALID', `${path} can't be read: ${String(cause)}`, {
    cause,
    hint: 'Install the package again.',
  });
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
