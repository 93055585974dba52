import { accessSync, constants, lstatSync, readlinkSync, realpathSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { findImplementation, implementations } from '@vivarium/core/internal';
import { systemCode } from '@vivarium/core/plugin';
import { listDirectory } from '../read/list-directory.ts';
import { readBounded } from '../read/read-bounded.ts';
import { readStart } from '../read/read-start.ts';
import { readBinary } from './binary.ts';
import type { ExecutableState, FoundBase, FoundLayout, FoundPython, RecordedPython } from './inspection.ts';
import { isThere, versionOfLibrary } from './layout.ts';

/** As many as the systems follow. */
const MAX_LINKS = 40;

/** What {@link findPython} looks at. */
export interface PythonRequest {
  readonly directory: string;
  readonly layout: FoundLayout;
  readonly recorded: RecordedPython;
  readonly base: FoundBase;
}

/** The Python that an environment's executable really leads to. Nothing is started. */
export function findPython({ directory, layout, recorded, base }: PythonRequest): FoundPython {
  const executable = join(directory, layout.executable);
  const links = linksFrom(executable);
  const state = stateOf(executable);
  if (state !== 'ok') return { executable, links, state };
  const realExecutable = realpathSync(executable);
  const binary = readBinary(realExecutable);
  // A copy, or a launcher, says nothing about its base; `home` does.
  const isOwn = realExecutable.startsWith(`${realpathSync(directory)}${sep}`);
  const source = isOwn ? ownBase(recorded, base) : realExecutable;
  return {
    executable,
    links,
    state,
    realExecutable,
    ...(source === undefined ? {} : describeBase(source, prefixOf(source, base, isOwn))),
    ...(binary === undefined ? {} : { binary }),
  };
}

/** The base by `home`. */
export function findBase({ home }: RecordedPython, directory: string): FoundBase {
  if (home === undefined) return { exists: false };
  const absolute = resolve(directory, home);
  const exists = isDirectory(absolute);
  const isScripts = ['bin', 'Scripts'].includes(basename(absolute));
  const prefix = exists && isScripts ? dirname(absolute) : absolute;
  return { directory: absolute, exists, ...(exists ? { prefix } : {}) };
}

/** What each link says, from the executable on; absolute. */
function linksFrom(executable: string): readonly string[] {
  const links: string[] = [];
  let path = executable;
  try {
    while (links.length < MAX_LINKS && lstatSync(path).isSymbolicLink()) {
      path = resolve(dirname(path), readlinkSync(path));
      links.push(path);
    }
  } catch {
    // The last link leads nowhere, or to what can't be looked at.
  }
  return links;
}

function stateOf(executable: string): ExecutableState {
  let stats: Stats;
  try {
    stats = statSync(executable);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ELOOP') return 'loop';
    if (code === 'ENOENT' || code === 'ENOTDIR') return isThere(executable) ? 'dangling' : 'missing';
    return 'notReadable';
  }
  if (!stats.isFile()) return 'notFile';
  if ((stats.mode & 0o111) === 0) return 'notExecutable';
  try {
    accessSync(executable, constants.X_OK);
    return 'ok';
  } catch {
    return 'notReadable';
  }
}

/** An executable of the base, for an environment whose own is a copy of it. */
function ownBase(recorded: RecordedPython, { directory, exists }: FoundBase): string | undefined {
  if (!exists || directory === undefined) return undefined;
  const minor = /^\d+\.\d+/.exec(recorded.version ?? '')?.[0];
  const names = [
    ...(recorded.executable === undefined ? [] : [basename(recorded.executable)]),
    ...(minor === undefined ? [] : [`python${minor}`]),
    ...['python3', 'python', 'python.exe', 'pypy3'],
  ];
  const found = names.map((name) => join(directory, name)).find((path) => stateOf(path) === 'ok');
  return found === undefined ? undefined : realpathSync(found);
}

function prefixOf(executable: string, base: FoundBase, isOwn: boolean): string {
  const directory = dirname(executable);
  if (['bin', 'Scripts'].includes(basename(directory))) return dirname(directory);
  return (isOwn ? base.prefix : undefined) ?? directory;
}

/** Version and implementation of a base, by its names, headers and library directories. */
function describeBase(executable: string, prefix: string): Pick<FoundPython, 'version' | 'implementation'> {
  const name = basename(executable);
  const [stem = ''] = name.replace(/\.exe$/, '').split('-', 1);
  const words = /^([a-z]+)(\d{1,4}\.\d{1,4})[a-z]*$/.exec(stem);
  const libraries = listDirectory(join(prefix, 'lib'))
    .map((entry) => entry.name)
    .filter((library) => versionOfLibrary(library) !== undefined && hasLibrary(join(prefix, 'lib', library)));
  const only = libraries.length === 1 ? versionOfLibrary(libraries[0] ?? '') : undefined;
  const minor = words?.[2] ?? only ?? /(?:^|\D)(\d\.\d+)\.\d+/.exec(prefix)?.[1];
  const word = words?.[1]?.replace(/w$/, '');
  const id = word === undefined ? undefined : findImplementation(word === 'python' ? 'cpython' : word);
  const version = minor === undefined ? undefined : (patchOf(prefix, minor) ?? minor);
  return {
    ...(version === undefined ? {} : { version }),
    ...(id === undefined ? {} : { implementation: implementations[id].name }),
  };
}

function hasLibrary(library: string): boolean {
  return isThere(join(library, 'os.py')) || isThere(join(library, 'os.pyc'));
}

/** The whole version, from `build-details.json` (PEP 739) or the header that each installation with headers has. */
function patchOf(prefix: string, minor: string): string | undefined {
  try {
    const details = readBounded(join(prefix, 'lib', `python${minor}`, 'build-details.json'));
    const micro = details === undefined ? undefined : JSON.parse(details)?.language?.version_info?.micro;
    if (Number.isInteger(micro)) return `${minor}.${micro}`;
  } catch {
    // A damaged one says nothing.
  }
  const directories = listDirectory(join(prefix, 'include'))
    .map(({ name }) => name)
    .filter((name) => versionOfLibrary(name) === minor);
  for (const directory of directories.slice(0, 4)) {
    const header = readStart(join(prefix, 'include', directory, 'patchlevel.h'), 8192)?.toString('latin1');
    const version = /^#define\s+PY_VERSION\s+"(\d+\.\d+\.\d+)/m.exec(header ?? '')?.[1];
    if (version?.startsWith(`${minor}.`)) return version;
  }
  return undefined;
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
