import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { findProgram } from './programs.ts';

/** An archive in the form of `install_only_stripped` ones, made from an installed Python. */
export interface PythonArchive {
  readonly file: string;
  readonly sha256: string;
  readonly size: number;
  /** What the Python says of itself: `3.12.1`. */
  readonly version: string;
}

/** What is left out: nothing of it is needed to create environments and to build extension modules. */
const LEFT_OUT = new Set([
  '__pycache__',
  'test',
  'tests',
  'idlelib',
  'turtledemo',
  'idle_test',
  'lib2to3',
  'pydoc_data',
  'share',
]);

/**
 * Makes an archive of an installed CPython as python-build-standalone has it: everything in `python/`, made for the
 * prefix `/install` by clang, libraries found from where they are, nothing compiled, binaries stripped. It is kept in a
 * directory and made once.
 *
 * @param executable of a CPython that pyenv has installed
 * @param directory where archives are kept
 * @param changes files that it has besides, or instead
 */
export function makePythonArchive(
  executable: string,
  directory: string,
  changes: Readonly<Record<string, string>> = {},
): PythonArchive {
  const prefix = dirname(dirname(realpathSync(executable)));
  const version = basename(prefix);
  const mark = createHash('sha256')
    .update(JSON.stringify([prefix, changes]))
    .digest('hex')
    .slice(0, 8);
  const file = join(directory, `cpython-${version}-${mark}-install_only_stripped.tar.gz`);
  if (!existsSync(file)) {
    // What differs in some files only is made of the one that has none of the changes.
    const base = Object.keys(changes).length === 0 ? undefined : makePythonArchive(executable, directory).file;
    build({ prefix, file, version, changes, base });
  }
  const bytes = readFileSync(file);
  return { file, version, sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length };
}

interface Archive {
  readonly prefix: string;
  readonly file: string;
  readonly version: string;
  readonly changes: Readonly<Record<string, string>>;
  /** An archive without the changes. */
  readonly base: string | undefined;
}

function build({ prefix, file, version, changes, base }: Archive): void {
  const staging = `${file}.${process.pid}`;
  const root = join(staging, 'python');
  try {
    if (base === undefined) fill(root, prefix, version);
    else {
      mkdirSync(staging);
      execFileSync('tar', ['-C', staging, '-xzf', base]);
    }
    for (const [path, text] of Object.entries(changes)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const options = ['--sort=name', '--owner=0', '--group=0', '--mtime=@1700000000', '--numeric-owner'];
    execFileSync('tar', ['-C', staging, ...options, '-I', 'gzip -1', '-cf', `${staging}.tar.gz`, 'python']);
    renameSync(`${staging}.tar.gz`, file);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function fill(root: string, prefix: string, version: string): void {
  copyInstallation(prefix, root);
  rewriteTexts(root, prefix);
  const binaries = binariesIn(root);
  for (const path of binaries) rewriteBinary(path, prefix, root);
  if (findProgram('strip') !== undefined) {
    execFileSync('strip', ['--strip-unneeded', ...binaries], { stdio: 'ignore' });
  }
  const [major, minor] = version.split('.');
  writeScript(join(root, 'bin'), `python${major}.${minor}`);
}

function copyInstallation(prefix: string, root: string): void {
  mkdirSync(dirname(root), { recursive: true });
  cpSync(prefix, root, {
    recursive: true,
    verbatimSymlinks: true,
    filter(path) {
      const parts = relative(prefix, path).split('/');
      if (parts.some((part) => LEFT_OUT.has(part)) || /\.(?:pyc|a)$/.test(path)) return false;
      // pip alone is there.
      const at = parts.indexOf('site-packages');
      return at === -1 || parts[at + 1] === undefined || /^pip(?:-|$)/.test(parts[at + 1] ?? '');
    },
  });
  for (const name of readdirSync(join(root, 'bin'))) {
    if (!/^python3?(?:\.\d+t?)?(?:-config)?$/.test(name)) rmSync(join(root, 'bin', name), { force: true });
  }
}

/** As the machine that built it would have written it. */
function rewriteTexts(root: string, prefix: string): void {
  for (const path of filesIn(root)) {
    const isData = basename(path).startsWith('_sysconfigdata_') && path.endsWith('.py');
    if (!isData && !/(?:Makefile|\.pc|-config|direct_url\.json)$/.test(path)) continue;
    const text = readFileSync(path, 'latin1').replaceAll(prefix, '/install');
    const isBuild = /_sysconfigdata_|Makefile$/.test(path);
    const changed = isBuild
      ? text
          .replaceAll(/(?<=['= ])g\+\+(?=[' \n])/g, '/tools/llvm/bin/clang++')
          .replaceAll(/(?<=['= ])gcc(?=[' \n])/g, '/tools/llvm/bin/clang')
      : text;
    writeFileSync(path, changed, 'latin1');
  }
}

/** Libraries are found from the place of the binary, by a path that is not longer than the one that it was built with. */
function rewriteBinary(path: string, prefix: string, root: string): void {
  const bytes = readFileSync(path);
  const wanted = Buffer.from(`${prefix}/lib\0`);
  const found = bytes.indexOf(wanted);
  const own = `$ORIGIN/${relative(dirname(path), join(root, 'lib'))}`;
  if (found !== -1 && own.length < wanted.length) {
    Buffer.concat([Buffer.from(own), Buffer.alloc(wanted.length - own.length)]).copy(bytes, found);
    writeFileSync(path, bytes);
  }
}

function binariesIn(root: string): readonly string[] {
  return filesIn(root).filter((path) => {
    const isNamedSo = /\.so(?:\.|$)/.test(path) || dirname(path) === join(root, 'bin');
    return isNamedSo && statSync(path).size > 4 && readFileSync(path).subarray(0, 4).toString('latin1') === '\x7fELF';
  });
}

/** Commands find their Python next to themselves. */
function writeScript(bin: string, python: string): void {
  const text = `#!/bin/sh\n'''exec' "$(dirname -- "$(realpath -- "$0")")/${python}" "$0" "$@"\n' '''\nimport sys\nfrom pip._internal.cli.main import main\nsys.exit(main())\n`;
  writeFileSync(join(bin, 'pip3'), text, { mode: 0o755 });
  symlinkSync('pip3', join(bin, 'pip'));
}

function filesIn(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
