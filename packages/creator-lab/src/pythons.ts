import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A Python that environments are really made for. */
export interface Python {
  /** How test titles call it: `3.12.1`, `system`, `pypy-system`, `graalpy-24.1.2` … */
  readonly name: string;
  readonly executable: string;
  /**
   * Whether it isn't on this machine, so that its tests are skipped. What every machine of CI has is never missing
   * there: its absence is a failure.
   */
  readonly isMissing: boolean;
}

/** A version that pyenv installed: `3.12.1`. */
export function pyenvPython(version: string): Python {
  const versions = join(process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'), 'versions');
  return python(version, join(versions, version, 'bin', 'python'));
}

/** The CPython 3 that pyenv installed, oldest first. */
export const PYENV_PYTHONS: readonly Python[] = [
  '3.6.15',
  '3.7.16',
  '3.8.18',
  '3.9.18',
  '3.10.13',
  '3.11.7',
  '3.12.1',
  '3.13.0',
].map(pyenvPython);

/** The distribution's own. */
export const SYSTEM_PYTHON: Python = python('system', '/usr/bin/python3');

/** The distribution's own PyPy. */
export const SYSTEM_PYPY: Python = python('pypy-system', '/usr/bin/pypy3');

/**
 * Those that the variable `VIVARIUM_PYTHONS` adds: `3.14=/opt/3.14/bin/python3:graalpy-24.1=/opt/graalpy/bin/graalpy`. A
 * name without a path is of one that could not be had; its tests are skipped and thereby reported.
 *
 * @param family - what names start with: `/^\d/` for CPython, `/^pypy/` …
 */
export function furtherPythons(family: RegExp): readonly Python[] {
  const given = (process.env.VIVARIUM_PYTHONS ?? '').split(':').filter((entry) => family.test(entry));
  return given.map((entry) => {
    const [name = '', executable = ''] = entry.split('=');
    return { name, executable, isMissing: executable === '' };
  });
}

/** All CPython 3 there are. */
export const CPYTHONS: readonly Python[] = [...PYENV_PYTHONS, SYSTEM_PYTHON, ...furtherPythons(/^\d/)];

function python(name: string, executable: string): Python {
  return { name, executable, isMissing: process.env.CI !== 'true' && !isExecutable(executable) };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
