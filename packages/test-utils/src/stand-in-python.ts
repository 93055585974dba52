import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyPython, wantedPython } from './pythons.ts';

const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/pythons', import.meta.url));

/**
 * The executable of a Python of that minor version, or of one that says so of itself: for tests of how Pythons are
 * found, which need several versions and run none of their code. What a version does differently needs
 * `wantedPython` and is skipped where it is missing.
 *
 * @param minor - `3.9`
 */
export function pythonOrStandIn(minor: string): string {
  const { executable, isMissing } = wantedPython(minor);
  return isMissing ? standInPython(minor) : executable;
}

/**
 * A Python on this machine whose `sysconfig` reports another version: an installation of its own with a copy of the
 * executable, and links to the standard library. It is kept in `node_modules/.cache`.
 */
function standInPython(minor: string): string {
  const { executable, version } = anyPython();
  const real = realpathSync(executable);
  const identity = createHash('sha256')
    .update(`${real} ${version.join('.')}`)
    .digest('hex')
    .slice(0, 8);
  const tree = join(CACHE, `stand-in-${minor}-${identity}`);
  if (!existsSync(tree)) {
    const unfinished = `${tree}-${process.pid}`;
    build(unfinished, { real, minor });
    try {
      renameSync(unfinished, tree);
    } catch {
      // Another test file was faster.
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  return join(tree, 'bin', 'python');
}

function build(tree: string, { real, minor }: { readonly real: string; readonly minor: string }): void {
  const ask = 'import os, sys; print(sys.base_prefix); print(os.path.dirname(os.__file__))';
  const [prefix = '', stdlib = ''] = execFileSync(real, ['-ISc', ask], { encoding: 'utf8' }).trim().split('\n');
  const library = join(tree, 'lib', stdlib.split('/').at(-1) ?? '');
  mkdirSync(join(tree, 'bin'), { recursive: true });
  mkdirSync(library, { recursive: true });
  copyFileSync(real, join(tree, 'bin', `python${minor}`));
  for (const name of ['python', `python${minor.split('.')[0]}`]) symlinkSync(`python${minor}`, join(tree, 'bin', name));
  // Byte code is not shared: that of the changed module would replace the real one.
  for (const entry of readdirSync(stdlib).filter((name) => !/^(__pycache__|sitecustomize\.py)$/.test(name))) {
    if (!/^sysconfig(\.py)?$/.test(entry)) symlinkSync(join(stdlib, entry), join(library, entry));
  }
  for (const name of readdirSync(join(prefix, 'lib')).filter((entry) => /^libpython/.test(entry))) {
    symlinkSync(join(prefix, 'lib', name), join(tree, 'lib', name));
  }
  writeSysconfig(stdlib, library, minor);
}

/** Copies `sysconfig`, a module or since 3.13 a package, with the other version at its beginning. */
function writeSysconfig(stdlib: string, library: string, minor: string): void {
  const isPackage = existsSync(join(stdlib, 'sysconfig'));
  if (isPackage) cpSync(join(stdlib, 'sysconfig'), join(library, 'sysconfig'), { recursive: true });
  rmSync(join(library, 'sysconfig', '__pycache__'), { recursive: true, force: true });
  const name = isPackage ? 'sysconfig/__init__.py' : 'sysconfig.py';
  const [major = '', number = ''] = minor.split('.');
  const lines = [
    'import sys, collections',
    'sys.version_info = collections.namedtuple("version_info", "major minor micro releaselevel serial")(',
    `    ${major}, ${number}, 0, "final", 0)`,
    `sys.version = "${minor}.0 " + sys.version.split(" ", 1)[1]`,
    `sys.hexversion = ${major} << 24 | ${number} << 16 | 0xf0`,
    `sys.implementation.cache_tag = "cpython-${major}${number}"`,
    'sys.implementation.version = sys.version_info',
    '',
  ];
  writeFileSync(join(library, name), lines.join('\n') + readFileSync(join(stdlib, name), 'utf8'));
}
