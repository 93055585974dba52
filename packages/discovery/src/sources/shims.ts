import { basename, dirname, join } from 'node:path';
import type { Context } from '@vivarium/core/plugin';
import { activeToolVersions } from './asdf.ts';
import { isDirectory, isExecutableFile } from './executable-file.ts';
import { activePyenvVersions, installedVersion } from './pyenv.ts';

/** What a version manager's shim stands for. */
export interface ResolvedShim {
  /** Missing when no active version has a program of this name: then the shim would only fail. */
  readonly executable?: string;
  readonly source: string;
}

/**
 * Sees through the shim of a version manager: a small program that starts another one, by the working directory and by
 * variables. Which directories hold shims is told by what is next to them, so no variable has to be set.
 *
 * @returns `undefined` for what is not a shim, and for one that only its manager understands
 */
export function resolveShim(path: string, context: Context): ResolvedShim | undefined {
  const directory = dirname(path);
  if (basename(directory) !== 'shims') return undefined;
  const root = dirname(directory);
  const name = basename(path);
  if (isDirectory(join(root, 'versions'))) {
    const versions = activePyenvVersions(root, context).flatMap((version) => installedVersion(root, version) ?? []);
    return choose(versions, (version) => programIn(join(root, 'versions', version), name), 'pyenv');
  }
  const installations = join(root, 'installs', 'python');
  if (!isDirectory(installations)) return undefined;
  const versions = activeToolVersions(root, context);
  const manager = basename(root) === 'mise' ? 'mise' : 'asdf';
  return versions && choose(versions, (version) => programIn(join(installations, version), name), manager);
}

function choose(versions: readonly string[], locate: (version: string) => string, source: string): ResolvedShim {
  const executable = versions.map(locate).find(isExecutableFile);
  return { source, ...(executable !== undefined && { executable }) };
}

function programIn(installation: string, name: string): string {
  if (process.platform !== 'win32') return join(installation, 'bin', name);
  return join(installation, `${name.replace(/\.(?:exe|bat|cmd)$/i, '')}.exe`);
}
