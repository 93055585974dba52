import { readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { systemCode, VivariumError } from '../../error.ts';
import { plugNPlayFor } from './plug-n-play.ts';

/** A package as it is installed. */
export interface InstalledPackage {
  readonly name: string;
  /** Its directory, with links resolved. */
  readonly directory: string;
  readonly manifest: Manifest;
  /** The directory that it was found from. */
  readonly root: string;
}

/** A `package.json`, of which nothing is believed yet. */
export type Manifest = Readonly<Record<string, unknown>>;

/** The package that code in the directory `root` would get by this name, if any. Nothing is run. */
export function findPackage(name: string, root: string): InstalledPackage | undefined {
  const directory = directoryOf(name, root);
  if (directory === undefined) return undefined;
  return { name, directory, manifest: readManifest(directory) ?? {}, root };
}

/** The package that a file or directory belongs to, if any. */
export function packageAround(path: string): Omit<InstalledPackage, 'root'> | undefined {
  for (const directory of upwardFrom(path)) {
    if (basename(directory) === 'node_modules') return undefined;
    const manifest = readManifestIfGood(directory);
    if (manifest === undefined) continue;
    return { name: typeof manifest.name === 'string' ? manifest.name : basename(directory), directory, manifest };
  }
  return undefined;
}

/** A directory, and all above it. */
export function upwardFrom(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwardFrom(parent)];
}

function directoryOf(name: string, root: string): string | undefined {
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
  if (around?.name === name && around.manifest.exports !== undefined) return around.directory;
  const found = upwardFrom(root)
    .filter((directory) => basename(directory) !== 'node_modules')
    .map((directory) => join(directory, 'node_modules', name))
    .find(isDirectory);
  return found === undefined ? undefined : realpathSync(found);
}

function readManifest(directory: string): Manifest | undefined {
  const path = join(directory, 'package.json');
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

// A directory that someone works in may hold anything.
function readManifestIfGood(directory: string): Manifest | undefined {
  try {
    return readManifest(directory);
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

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
