import { join, resolve } from 'node:path';
import { implementationEntries } from '@vivarium/core/internal';
import type { Candidate, Context, PathSpec } from '@vivarium/core/plugin';
import { isDirectory, isExecutableFile } from './executable-file.ts';
import { pathCandidatesNamed } from './path.ts';
import { resolveShim } from './shims.ts';

const SOURCE = 'given by path';
const COMMANDS = implementationEntries.flatMap(([, { commands }]) => commands);
const IN_DIRECTORY =
  process.platform === 'win32'
    ? ['Scripts\\python.exe', 'python.exe', 'bin\\python.exe', 'pypy3.exe', 'pypy.exe']
    : COMMANDS.map((name) => `bin/${name}`);

/**
 * The candidates of a path: that file, or in a directory (an installation, an environment) its Python. A bare name is a
 * file in the working directory, else one on `PATH`.
 */
export function* explicitCandidates(spec: PathSpec, context: Context): Iterable<Candidate> {
  const path = resolve(context.cwd, spec.path);
  if (isBareName(spec.path)) {
    if (isExecutableFile(path)) yield explicit(path, SOURCE, context);
    yield* pathCandidatesNamed(spec.path, context);
    return;
  }
  yield explicit(isDirectory(path) ? executableOf(path) : withExtension(path), SOURCE, context);
}

/** A file that the user pointed at; of a shim, what it stands for. */
export function explicit(path: string, source: string, context: Context): Candidate {
  const shim = resolveShim(path, context);
  return { executable: shim?.executable ?? path, source, isExplicit: true };
}

function executableOf(directory: string): string {
  return IN_DIRECTORY.map((name) => join(directory, name)).find(isExecutableFile) ?? directory;
}

/** Windows lets `.exe` go unsaid. */
function withExtension(path: string): string {
  const full = `${path}.exe`;
  return process.platform === 'win32' && !isExecutableFile(path) && isExecutableFile(full) ? full : path;
}

function isBareName(path: string): boolean {
  return !/[/\\]/.test(path) && path !== '.' && path !== '..';
}
