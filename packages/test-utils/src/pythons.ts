import { execFileSync } from 'node:child_process';
import { readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join, sep } from 'node:path';
import { findProgram, isExecutable } from './programs.ts';

/** A Python that a test wants to run. */
export interface Python {
  /** Its name in test titles: `3.12.1`, `system`, `pypy-system`, `graalpy-24.1.2` … */
  readonly name: string;
  readonly executable: string;
  /** Whether this machine lacks it, so that what needs it is skipped. */
  readonly isMissing: boolean;
  /** Why it is missing, for the report of skipped tests. Empty if it is not. */
  readonly reason: string;
}

/** A CPython that is on this machine. */
export interface InstalledPython extends Python {
  /** Major, minor and patch number. */
  readonly version: readonly [major: number, minor: number, patch: number];
}

/** The versions of CPython 3 that the tests are written for. A machine may have others, or only one of them. */
const VERSIONS = ['3.6.15', '3.7.16', '3.8.18', '3.9.18', '3.10.13', '3.11.7', '3.12.1', '3.13.0'] as const;

/**
 * The CPythons of this machine, oldest first, each once: those of pyenv (`PYENV_ROOT`, or `~/.pyenv`), the
 * distribution's own, and the first `python3` on `PATH`.
 */
export const INSTALLED_PYTHONS: readonly InstalledPython[] = installedPythons();

/** Those of them that are CPython 3. */
export const INSTALLED_PYTHONS_3: readonly InstalledPython[] = INSTALLED_PYTHONS.filter(
  ({ version: [major] }) => major === 3,
);

/** The distribution's own. */
export const SYSTEM_PYTHON: Python = pythonAt('system', '/usr/bin/python3');

/** The distribution's own PyPy. */
export const SYSTEM_PYPY: Python = pythonAt('pypy-system', '/usr/bin/pypy3');

/**
 * All CPythons 3 that environments are created from: those that the tests are written for, missing or not, any others of
 * this machine, and those of `VIVARIUM_PYTHONS`.
 */
export const CPYTHONS: readonly Python[] = [
  ...VERSIONS.map(wantedPython),
  ...INSTALLED_PYTHONS_3.filter(({ name }) => !VERSIONS.some((version) => version === name)),
  ...furtherPythons(/^\d/),
];

/**
 * Those Pythons that a test repeated over all of them takes in `npm test`: the oldest, the newest, the last with a
 * `distutils` of its own, and the distribution's. `npm run test:pythons` takes all.
 */
export function sampleOf<T extends Python>(pythons: readonly T[]): readonly T[] {
  if (isFullMatrix()) return pythons;
  const here = pythons.filter(({ isMissing }) => !isMissing);
  return here.filter(
    ({ name }, index) => index === 0 || index === here.length - 1 || name === 'system' || name.startsWith('3.11.'),
  );
}

/**
 * Every second one, where Pythons are combined with something else: the others' turn is with another `from`. All where
 * everything is to be tested, or where there is but one.
 */
export function everySecond<T>(values: readonly T[], from: number): readonly T[] {
  return isFullMatrix() || values.length < 2 ? values : values.filter((_, index) => (index + from) % 2 === 0);
}

function isFullMatrix(): boolean {
  return process.env.VIVARIUM_TEST_MATRIX === 'full';
}

/**
 * The Python of a version that is on this machine.
 *
 * @param version - `3.12.1`, or `3.12` for the newest of that minor version
 */
export function wantedPython(version: string): Python {
  const found = INSTALLED_PYTHONS.findLast(
    (python) => python.version.join('.') === version || python.version.slice(0, 2).join('.') === version,
  );
  if (found !== undefined) return { ...found, name: version };
  return missingPython(version, `Python ${version} is not on this machine`);
}

/** The newest CPython from 3.9 on of this machine: for tests that no version makes a difference to. */
export function anyPython(): InstalledPython {
  const found = INSTALLED_PYTHONS_3.findLast(({ version: [, minor] }) => minor >= 9);
  if (found === undefined) throw new Error('The tests need a Python from 3.9 on, on PATH or in /usr/bin');
  return found;
}

/**
 * Those that the variable `VIVARIUM_PYTHONS` adds: `3.14=/opt/3.14/bin/python3:graalpy-24.1=/opt/graalpy/bin/graalpy`. A
 * name without a path is of one that the set-up could not install; its tests are skipped and thereby reported.
 *
 * @param family - what names start with: `/^\d/` for CPython, `/^pypy/` …
 * @throws Error when a path is not that of an executable: a list with a mistake must not look like tests that passed
 */
export function furtherPythons(family: RegExp): readonly Python[] {
  const given = (process.env.VIVARIUM_PYTHONS ?? '').split(delimiter).filter((entry) => family.test(entry));
  return given.map((entry) => {
    const [name = '', executable = ''] = entry.split('=');
    if (executable !== '' && !isExecutable(executable)) {
      throw new Error(`VIVARIUM_PYTHONS: ${executable} (${name}) is not an executable file`);
    }
    return { name, executable, isMissing: executable === '', reason: executable === '' ? `${name} is missing` : '' };
  });
}

/** One that this machine lacks. */
export function missingPython(name: string, reason: string): Python {
  return { name, executable: '', isMissing: true, reason };
}

function installedPythons(): readonly InstalledPython[] {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  const managed = list(versions)
    .filter((name) => /^\d+\.\d+\.\d+$/.test(name))
    .map((name) => ({ name, executable: join(versions, name, 'bin', 'python') }));
  const onPath = findProgram('python3');
  const candidates = [
    ...managed,
    { name: 'system', executable: '/usr/bin/python3' },
    // A shim of a version manager is not a Python of its own, and a link is one in the place to which it leads.
    ...(onPath === undefined || onPath.includes(`${sep}shims${sep}`)
      ? []
      : [{ name: '', executable: realpathSync(onPath) }]),
  ].filter(({ executable }) => isExecutable(executable));
  const seen = new Set<string>();
  const found = candidates.flatMap(({ name, executable }): readonly InstalledPython[] => {
    const real = realpathSync(executable);
    if (seen.has(real)) return [];
    seen.add(real);
    const version = versionOf(name, executable);
    return [{ name: name || version.join('.'), executable, isMissing: false, reason: '', version }];
  });
  const collator = new Intl.Collator('en', { numeric: true });
  return found.sort((one, other) => collator.compare(one.version.join('.'), other.version.join('.')));
}

function versionOf(name: string, executable: string): InstalledPython['version'] {
  const text = /^\d+\.\d+\.\d+$/.test(name)
    ? name
    : execFileSync(executable, ['-ESc', 'import sys; print("%d.%d.%d" % sys.version_info[:3])'], { encoding: 'utf8' });
  const [major = 0, minor = 0, patch = 0] = text.trim().split('.').map(Number);
  return [major, minor, patch];
}

function pythonAt(name: string, executable: string): Python {
  const isMissing = !isExecutable(executable);
  return { name, executable, isMissing, reason: isMissing ? `${executable} is not on this machine` : '' };
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
