import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findImplementation, implementationEntries } from '@vivarium/core/internal';
import type { Candidate, VersionSpec } from '@vivarium/core/plugin';
import { isInRange } from '../spec/range.ts';
import { isExecutableFile } from './executable-file.ts';

/** A directory with one Python in each subdirectory, as version managers keep them. */
export interface InstallRoot {
  readonly directory: string;
  /** How messages call it. */
  readonly source: string;
}

/** What the name of an installation's directory tells: `3.12.1`, `pypy3.10-7.3.16`, `cpython-3.13.1+freethreaded-linux-…`. */
interface Label {
  readonly name: string;
  readonly implementation?: string;
  readonly version: readonly number[];
  readonly isPreRelease: boolean;
}

/** The executables of an installation, relative to its directory, the most usual first. */
export const EXECUTABLES: readonly string[] =
  process.platform === 'win32'
    ? ['python.exe', 'pypy3.exe']
    : implementationEntries.flatMap(([, { commands }]) => commands.map((name) => `bin/${name}`));

/**
 * The Pythons in an install root that may be what a spec asks for: CPython first, then newest first. The names of the
 * directories spare the start of those that can't be meant.
 */
export function* installedCandidates(
  { directory, source }: InstallRoot,
  spec: VersionSpec | undefined,
): Iterable<Candidate> {
  for (const label of labelsIn(directory)) {
    if (!mayFit(label, spec)) continue;
    const executable = EXECUTABLES.map((name) => join(directory, label.name, name)).find(isExecutableFile);
    if (executable !== undefined) yield { executable, source };
  }
}

function labelsIn(directory: string): readonly Label[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    // A link here is an alias (`3.12`) or an environment; what it leads to is in the same root.
    const installations = entries.filter((entry) => entry.isDirectory() && !isEnvironment(join(directory, entry.name)));
    return installations.map(({ name }) => readLabel(name)).sort(bestFirst);
  } catch {
    return [];
  }
}

function isEnvironment(directory: string): boolean {
  return statSync(join(directory, 'pyvenv.cfg'), { throwIfNoEntry: false }) !== undefined;
}

function readLabel(name: string): Label {
  const match = /^(?<word>[a-z]+)?-?(?<version>\d+(?:\.\d+){0,2})(?<pre>(?:a|b|rc)\d+|-dev)?/i.exec(name);
  const { word, version, pre } = match?.groups ?? {};
  const isPlain = version !== undefined && /^(?:py|python)?$/i.test(word ?? '');
  const implementation = isPlain ? 'cpython' : findImplementation(word ?? '');
  return {
    name,
    ...(implementation !== undefined && { implementation }),
    // The number behind an unknown word (`miniconda3-24.1`) is not Python's.
    version: implementation === undefined ? [] : (version?.split('.').map(Number) ?? []),
    isPreRelease: pre !== undefined,
  };
}

function mayFit(label: Label, spec: VersionSpec | undefined): boolean {
  if (spec === undefined || label.implementation === undefined) return true;
  if (spec.implementation !== undefined && spec.implementation !== label.implementation) return false;
  // GraalPy and some others are numbered apart from the language.
  if (label.implementation !== 'cpython') return true;
  const asked = [spec.major, spec.minor, spec.micro];
  if (!label.version.every((part, index) => asked[index] === undefined || asked[index] === part)) return false;
  const [major = 0, minor = 0, micro] = label.version;
  if (spec.range === undefined || micro === undefined || label.isPreRelease) return true;
  return isInRange({ major, minor, micro, releaseLevel: 'final', serial: 0 }, spec.range);
}

function bestFirst(one: Label, other: Label): number {
  const rank = ({ implementation }: Label): number => (implementation === 'cpython' ? 0 : implementation ? 1 : 2);
  const difference = rank(one) - rank(other) || Number(one.isPreRelease) - Number(other.isPreRelease);
  if (difference !== 0) return difference;
  for (let index = 0; index < 3; index += 1) {
    const newer = (other.version[index] ?? 0) - (one.version[index] ?? 0);
    if (newer !== 0) return newer;
  }
  return one.name < other.name ? -1 : 1;
}
