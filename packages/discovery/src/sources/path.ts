import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { namesIn } from '@vivarium/core/internal';
import type { Candidate, Context, VersionSpec } from '@vivarium/core/plugin';
import { isExecutableFile } from './executable-file.ts';
import { executableNames, mayBeVersion, mayFit, usualNames } from './names.ts';
import { type Env, pathEntries } from './path-entries.ts';
import { resolveShim } from './shims.ts';

const SOURCE = 'PATH';
const extension = process.platform === 'win32' ? '.exe' : '';

/**
 * The candidates on `PATH`, directory by directory: the usual names first, then, for a request that leaves the version
 * open, all versions in that directory, newest first.
 */
export function* pathCandidates(spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  const names = usualNames(spec).map((name) => `${name}${extension}`);
  const isOpen = spec !== undefined && spec.minor === undefined;
  for (const directory of searchDirectories(context)) {
    yield* existing(directory, names, context);
    if (isOpen) yield* listed(directory, spec, context);
  }
}

/**
 * The candidates on `PATH` by names that a request does not lead one to expect: `Python3.12`, `python3.12.4`, any
 * `python3.N` for no request at all. Few machines have one, and the directories have to be read for them.
 */
export function* unusualPathCandidates(spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  if (spec !== undefined && spec.minor === undefined) return;
  for (const directory of searchDirectories(context)) yield* listed(directory, spec, context);
}

/** The candidates on `PATH` that are named for an implementation which was not asked for: better than none at all. */
export function* otherPathCandidates(spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  if (spec?.implementation !== undefined) return;
  for (const directory of searchDirectories(context)) {
    const names = executableNames(namesIn(directory), process.platform).filter(({ word }) => word !== 'python');
    yield* existing(
      directory,
      names.filter((name) => mayBeVersion(name, spec)).map(({ name }) => name),
      context,
    );
  }
}

/** The candidates on `PATH` of exactly this name. */
export function pathCandidatesNamed(name: string, context: Context): Iterable<Candidate> {
  const names = extension === '' || /\.exe$/i.test(name) ? [name] : [name, `${name}${extension}`];
  return searchDirectories(context).flatMap((directory) => [...existing(directory, names, context)]);
}

/** Every Python on `PATH`, by any name. */
export function* allPathCandidates(context: Context): Iterable<Candidate> {
  for (const directory of searchDirectories(context)) yield* existing(directory, allNames(directory), context);
}

function* listed(directory: string, spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  const fitting = executableNames(namesIn(directory), process.platform).filter((name) => mayFit(name, spec));
  yield* existing(
    directory,
    fitting.map(({ name }) => name),
    context,
  );
}

function allNames(directory: string): readonly string[] {
  return executableNames(namesIn(directory), process.platform).map(({ name }) => name);
}

function* existing(directory: string, names: readonly string[], context: Context): Iterable<Candidate> {
  for (const name of names) {
    const path = join(directory, name);
    if (!isExecutableFile(path)) continue;
    const shim = resolveShim(path, context);
    if (shim === undefined) yield { executable: path, source: SOURCE };
    else if (shim.executable !== undefined) yield { executable: shim.executable, source: shim.source };
  }
}

/** The directories of `PATH` that exist, each once however many names it has. */
function searchDirectories({ env, cwd }: { readonly env: Env; readonly cwd: string }): readonly string[] {
  const directories = new Map<string, string>();
  for (const entry of pathEntries(env, process.platform)) {
    const directory = resolve(cwd, entry);
    const identity = identityOf(directory);
    if (identity !== undefined && !directories.has(identity)) directories.set(identity, directory);
  }
  return [...directories.values()];
}

function identityOf(directory: string): string | undefined {
  try {
    const stats = statSync(directory, { bigint: true, throwIfNoEntry: false });
    return stats?.isDirectory() ? `${stats.dev}:${stats.ino}` : undefined;
  } catch {
    return undefined;
  }
}
