import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';

const root = process.env.PYENV_ROOT ?? join(process.env.HOME ?? '/', '.pyenv');

/** The interpreters that pyenv has on this machine: paths by version, `3.12.1` → `…/versions/3.12.1/bin/python`. */
export const pythons: ReadonlyMap<string, string> = new Map(
  (existsSync(join(root, 'versions')) ? readdirSync(join(root, 'versions')) : [])
    .filter((version) => /^\d+\.\d+\.\d+$/.test(version))
    .map((version) => [version, join(root, 'versions', version, 'bin', 'python')]),
);

/** The newest of a minor version: `python('3.12')`. A machine without it can't run the tests, and says so. */
export function python(minor: string): string {
  const version = [...pythons.keys()].find((candidate) => candidate.startsWith(`${minor}.`));
  const path = version && pythons.get(version);
  if (!path) throw new Error(`The tests need Python ${minor} below ${join(root, 'versions')}`);
  return path;
}

/** Debian's own, which is not built as pyenv's are: it is static, and its default layout is not that of environments. */
export const systemPython = '/usr/bin/python3';
/** Its version, `3.11`. */
export const systemMinor: string = realName(systemPython).replace('python', '');
export const hasSystemPython: boolean = existsSync('/etc/debian_version') && /^3\.\d+$/.test(systemMinor);

/** The distribution's own. */
export const pypy = '/usr/bin/pypy3';
export const hasPyPy: boolean = existsSync(pypy);

// Where the set-up is known nothing may be skipped unseen.
if (process.env.CI && process.platform === 'linux' && !hasSystemPython)
  throw new Error("The tests need Debian's python3");
if (process.env.CI && process.platform === 'linux' && !hasPyPy) throw new Error('The tests need pypy3');

function realName(path: string): string {
  try {
    return basename(realpathSync(path));
  } catch {
    return '';
  }
}
