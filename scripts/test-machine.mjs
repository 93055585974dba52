// What the tests need of a machine: shells, and tools that cause faults. Where it can be installed (root on Debian or
// Ubuntu) it is; what is there is listed, so that no one takes a skipped test for a passed one.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { bringFish4, FISH_4 } from './further-shells.mjs';

/** By the command (or the file) that has to be there: the Debian package that brings it, and how it tells its version. */
const COMMANDS = {
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
  gosh: { module: 'mvdan.cc/sh/v3/cmd/gosh@v3.14.1' },
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

const MISSING = 'missing: its tests are skipped';

/** By the Debian package that brings them: the directory of the headers that extension modules are built with. */
const HEADERS = { 'python3-dev': /^python3/, 'pypy3-dev': /^pypy3/ };

/** Installs what is missing, if this machine lets us. */
export function setUpMachine() {
  const missing = Object.entries(COMMANDS).filter(([name]) => find(name) === undefined);
  for (const [name, { module }] of missing) if (module !== undefined) installModule(name, module);
  installPackages([...missing.flatMap(([, command]) => command.package ?? []), ...missingHeaders()]);
  const reason = bringFish4();
  if (reason !== undefined) process.stdout.write(`not installed (${reason}): fish 4\n`);
}

function installPackages(packages) {
  if (packages.length === 0) return;
  if (process.getuid?.() !== 0 || find('apt-get') === undefined) {
    process.stdout.write(`not installed (that needs root and apt-get): ${packages.join(' ')}\n`);
    return;
  }
  process.stdout.write(`installing ${packages.join(' ')}\n`);
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['-qq', 'update'], quiet);
  spawnSync('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', ...packages], quiet);
}

// Into a directory on PATH, and only where Go is there: without it nothing but the tests of this shell is skipped.
function installModule(name, module) {
  if (process.getuid?.() !== 0 || spawnSync('go', ['version']).error) {
    process.stdout.write(`not installed (that needs root and Go): ${name}\n`);
    return;
  }
  const env = { ...process.env, GOBIN: '/usr/local/bin' };
  spawnSync('go', ['install', module], { stdio: ['ignore', 'ignore', 'inherit'], env });
}

/** What is on this machine, as a table to read. */
export function describeMachine() {
  const rows = Object.entries(COMMANDS).map(([name, command]) => [name, versionOf(name, command)]);
  return [
    'on this machine:',
    ...rows.map(([name = '', version]) => `  ${name.padEnd(17)} ${version}`),
    ...Object.keys(HEADERS).map((name) => `  ${name.padEnd(17)} ${missingHeaders().includes(name) ? MISSING : 'here'}`),
    `  ${'pythons'.padEnd(17)} ${findPythons().join(' ') || 'none'}`,
  ].join('\n');
}

function missingHeaders() {
  const directories = list('/usr/include').filter((name) => existsSync(join('/usr/include', name, 'Python.h')));
  return Object.keys(HEADERS).filter((name) => !directories.some((directory) => HEADERS[name].test(directory)));
}

function versionOf(name, command) {
  const path = find(name);
  if (path === undefined) return MISSING;
  if (command.version === undefined) return path;
  const { stdout, stderr } = spawnSync(path, command.version, { encoding: 'utf8', timeout: 10_000 });
  return `${stdout}${stderr}`.trim().split('\n')[0];
}

function findPythons() {
  const root = process.env.PYENV_ROOT;
  const versions =
    root === undefined ? [] : list(join(root, 'versions')).map((name) => join(root, 'versions', name, 'bin/python'));
  return [...versions, '/usr/bin/python3'].filter(isExecutable);
}

function find(name) {
  const { file } = COMMANDS[name] ?? {};
  if (file !== undefined) return existsSync(file) ? file : undefined;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function list(directory) {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
