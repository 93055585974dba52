// What the tests need of a machine, and where it is.
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { FISH_4 } from '../further-shells.mjs';

/**
 * A command that tests need.
 *
 * @typedef {object} Need
 * @property {string} [package] - the Debian package that has it
 * @property {string} [goModule] - the Go module that has it, where Debian has none
 * @property {readonly string[]} [version] - the arguments that print its version
 * @property {string} [file] - what has to exist, where that is not a command on PATH
 */

/** @type {Readonly<Record<string, Need>>} */
export const COMMANDS = {
  bash: { package: 'bash', version: ['--version'] },
  zsh: { package: 'zsh', version: ['--version'] },
  dash: { package: 'dash' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the shell's own syntax
  ksh93: { package: 'ksh93u+m', version: ['-c', 'echo "${.sh.version}"'] },
  mksh: { package: 'mksh', version: ['-c', 'echo "$KSH_VERSION"'] },
  yash: { package: 'yash', version: ['--version'] },
  posh: { package: 'posh' },
  busybox: { package: 'busybox-static', version: [] },
  fish: { package: 'fish', version: ['--version'] },
  'fish 4': { file: FISH_4, version: ['--version'] },
  tcsh: { package: 'tcsh', version: ['--version'] },
  'bsd-csh': { package: 'csh' },
  xonsh: { package: 'xonsh', version: ['--version'] },
  elvish: { package: 'elvish', version: ['-version'] },
  // go-task's shell, which its Go module brings; Debian has no package of it.
  gosh: { goModule: 'mvdan.cc/sh/v3/cmd/gosh@v3.14.1' },
  'GBK locale': { package: 'locales', file: '/usr/share/i18n/charmaps/GBK.gz' },
  pypy3: { package: 'pypy3', version: ['--version'] },
  patchelf: { package: 'patchelf', version: ['--version'] },
  strace: { package: 'strace', version: ['--version'] },
  'mount.exfat-fuse': { package: 'exfat-fuse' },
  'mkfs.exfat': { package: 'exfatprogs' },
  'lowntfs-3g': { package: 'ntfs-3g' },
  'mkfs.btrfs': { package: 'btrfs-progs' },
  // The browser that the documentation site is tested in.
  chromium: { package: 'chromium', version: ['--version'] },
  // Programs that call virtualenv.
  nox: { package: 'nox', version: ['--version'] },
  tox: { package: 'tox', version: ['--version'] },
  pipenv: { package: 'pipenv', version: ['--version'] },
  dh_virtualenv: { package: 'dh-virtualenv', version: ['--version'] },
  virtualenvwrapper: { package: 'virtualenvwrapper', file: '/usr/share/virtualenvwrapper/virtualenvwrapper.sh' },
};

/**
 * By Debian package: the directory of the headers that extension modules are built with.
 *
 * @type {Readonly<Record<string, RegExp>>}
 */
export const HEADERS = { 'python3-dev': /^python3/, 'pypy3-dev': /^pypy3/ };

/** The packages of `HEADERS` that are not installed. */
export function missingHeaders() {
  const directories = list('/usr/include').filter((name) => existsSync(join('/usr/include', name, 'Python.h')));
  return Object.entries(HEADERS)
    .filter(([, pattern]) => !directories.some((directory) => pattern.test(directory)))
    .map(([name]) => name);
}

/**
 * Where a command is, or `undefined`.
 *
 * @param {string} name
 */
export function findCommand(name) {
  const file = COMMANDS[name]?.file;
  if (file !== undefined) return existsSync(file) ? file : undefined;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

/** The Pythons of pyenv and of the distribution. */
export function findPythons() {
  const root = process.env.PYENV_ROOT;
  const versions =
    root === undefined ? [] : list(join(root, 'versions')).map((name) => join(root, 'versions', name, 'bin/python'));
  return [...versions, '/usr/bin/python3'].filter(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** @param {string} directory */
function list(directory) {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
