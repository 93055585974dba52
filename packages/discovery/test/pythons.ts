import { existsSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import { INSTALLED_PYTHONS, SYSTEM_PYPY, wantedPython } from '@vivarium/test-utils/pythons';
import { pythonOrStandIn } from '@vivarium/test-utils/stand-in-python';
import { type TestAPI, test } from 'vitest';

/** The interpreters on this machine, without the distribution's own: paths by version. */
export const pythons: ReadonlyMap<string, string> = new Map(
  INSTALLED_PYTHONS.filter(({ name }) => name !== 'system').map(({ name, executable }) => [name, executable]),
);

/** One of a minor version: `python('3.12')`. Where the machine has none, it is one that says so of itself. */
export const python = pythonOrStandIn;

/** For tests of a Python where its build installed it, which a stand-in is not; titles say what they need. */
export const needs = (minor: string): ReturnType<TestAPI['skipIf']> => test.skipIf(wantedPython(minor).isMissing);

/** Debian's own, which is not built as pyenv's are: it is static, and its default layout is not that of environments. */
export const systemPython = '/usr/bin/python3';
/** Its version, `3.11`. */
export const systemMinor: string = realName(systemPython).replace('python', '');
export const hasSystemPython: boolean = existsSync('/etc/debian_version') && /^3\.\d+$/.test(systemMinor);

/** The distribution's own. */
export const pypy: string = SYSTEM_PYPY.executable;
export const hasPyPy: boolean = !SYSTEM_PYPY.isMissing;

function realName(path: string): string {
  try {
    return basename(realpathSync(path));
  } catch {
    return '';
  }
}
