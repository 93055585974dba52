import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Candidate, Context, VersionSpec } from '@vivarium/core';
import { isExecutableFile } from './executable-file.ts';
import { executableNames, mayBeVersion, mayFit, usualNames } from './names.ts';
import { type Env, pathEntries } from './path-entries.ts';
import { resolveShim } from './shims.ts';

const SOURCE = 'PATH';
const extension = process.platform === 'win32' ? '.exe' : '';

/**
 * The candidates on `PATH`, folder by folder: the usual names first, then, for a request that leaves the version open,
 * all versions in that folder, newest first.
 */
export function* pathCandidates(spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  const names = usualNames(spec).map((name) => `${name}${extension}`);
  const isOpen = spec !== undefined && spec.minor === undefined;
  for (const folder of searchFolders(context)) {
    yield* existing(folder, names, context);
    if (isOpen) yield* listed(folder, spec, context);
  }
}

/**
 * The candidates on `PATH` by names that a request does not lead one to expect: `Python3.12`, `python3.12.4`, any
 * `python3.N` for no request at all. Few machines have one, and the folders have to be read for them.
 */
export function* unusualPathCandidates(spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  if (spec !== undefined && spec.minor === undefined) return;
  for (const folder of searchFolders(context)) yield* listed(folder, spec, context);
}

/** The candidates on `PATH` that are named for an implementation which was not asked for: better than none at all. */
export function* otherPathCandidates(spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  if (spec?.implementation !== undefined) return;
  for (const folder of searchFolders(context)) {
    const names = executableNames(namesIn(folder), process.platform).filter(({ word }) => word !== 'python');
    yield* existing(
      folder,
      names.filter((name) => mayBeVersion(name, spec)).map(({ name }) => name),
      context,
    );
  }
}

/** The candidates on `PATH` of exactly this name. */
export function pathCandidatesNamed(name: string, context: Context): Iterable<Candidate> {
  const names = extension === '' || /\.exe$/i.test(name) ? [name] : [name, `${name}${extension}`];
  return searchFolders(context).flatMap((folder) => [...existing(folder, names, context)]);
}

/** Every Python on `PATH`, by any name. */
export function* allPathCandidates(context: Context): Iterable<Candidate> {
  for (const folder of searchFolders(context)) yield* existing(folder, allNames(folder), context);
}

function* listed(folder: string, spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  const fitting = executableNames(namesIn(folder), process.platform).filter((name) => mayFit(name, spec));
  yield* existing(
    folder,
    fitting.map(({ name }) => name),
    context,
  );
}

function allNames(folder: string): readonly string[] {
  return executableNames(namesIn(folder), process.platform).map(({ name }) => name);
}

function* existing(folder: string, names: readonly string[], context: Context): Iterable<Candidate> {
  for (const name of names) {
    const path = join(folder, name);
    if (!isExecutableFile(path)) continue;
    const shim = resolveShim(path, context);
    if (shim === undefined) yield { executable: path, source: SOURCE };
    else if (shim.executable !== undefined) yield { executable: shim.executable, source: shim.source };
  }
}

/** The folders of `PATH` that exist, each once however many names it has. */
function searchFolders({
  env,
  workingFolder,
}: {
  readonly env: Env;
  readonly workingFolder: string;
}): readonly string[] {
  const folders = new Map<string, string>();
  for (const entry of pathEntries(env, process.platform)) {
    const folder = resolve(workingFolder, entry);
    const identity = identityOf(folder);
    if (identity !== undefined && !folders.has(identity)) folders.set(identity, folder);
  }
  return [...folders.values()];
}

function identityOf(folder: string): string | undefined {
  try {
    const stats = statSync(folder, { bigint: true, throwIfNoEntry: false });
    return stats?.isDirectory() ? `${stats.dev}:${stats.ino}` : undefined;
  } catch {
    return undefined;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
