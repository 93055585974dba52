import { lstatSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { listDirectory } from '../read/list-directory.ts';
import type { FoundLayout } from './inspection.ts';

/** `lib/python3.12`, `lib/pypy3.10`, `lib/python3.13t`. */
const LIBRARY = /^(?:python|pypy|graalpy|rustpython)(\d+\.\d+)[a-z]*$/;

/**
 * Where things are in an environment, by what is there.
 *
 * @param version the version that is looked for first, `3.12` or `3.12.1`
 */
export function findLayout(directory: string, version: string | undefined): FoundLayout {
  const isWindows = !isThere(join(directory, 'bin')) && isThere(join(directory, 'Scripts'));
  const scripts = isWindows ? 'Scripts' : 'bin';
  const names = isWindows ? ['python.exe', 'python3.exe', 'pypy3.exe'] : ['python', 'python3', 'pypy3', 'graalpy'];
  // Conda has it next to its directories on Windows.
  const isInRoot = isWindows && !isThere(join(directory, 'Scripts', 'python.exe'));
  const executables = [
    ...names.map((name) => `${scripts}/${name}`),
    ...(isInRoot && isThere(join(directory, 'python.exe')) ? ['python.exe'] : []),
  ];
  const executable = executables.find((path) => isThere(join(directory, path))) ?? `${scripts}/${names[0]}`;
  return {
    os: isWindows ? 'nt' : 'posix',
    scripts,
    executable,
    sitePackages: sitePackagesOf(directory, minorOf(version)),
  };
}

/** `3.12` of `3.12.1`. */
export function minorOf(version: string | undefined): string | undefined {
  return /^\d+\.\d+/.exec(version ?? '')?.[0];
}

/** The version in the name of a directory of libraries: `3.12` of `python3.12`. */
export function versionOfLibrary(name: string): string | undefined {
  return LIBRARY.exec(name)?.[1];
}

function sitePackagesOf(directory: string, minor: string | undefined): readonly string[] {
  const inLibraries = ['lib', 'lib64', 'local/lib'].flatMap((library) =>
    listDirectory(join(directory, library))
      .filter(({ name }) => LIBRARY.test(name))
      .map(({ name }) => ({ path: `${library}/${name}/site-packages`, version: versionOfLibrary(name) })),
  );
  const others = ['Lib/site-packages', 'site-packages'].map((path) => ({ path, version: minor }));
  const seen = new Set<string>();
  return [...inLibraries, ...others]
    .filter(({ path }) => {
      const real = realDirectory(join(directory, path));
      if (real === undefined || seen.has(real)) return false;
      seen.add(real);
      return true;
    })
    .sort((a, b) => Number(b.version === minor) - Number(a.version === minor))
    .map(({ path }) => path);
}

function realDirectory(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    return lstatSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}

/** Whether an entry is there, also a link that leads nowhere. */
export function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    return false;
  }
}
