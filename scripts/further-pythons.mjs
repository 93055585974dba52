// Pythons for the tests that neither the machine nor its version manager brings, each in a directory of its own below
// `node_modules/.cache/pythons`. What is there stays; what can't be had is told by name.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { linkToOwnLibraries, unpackPackages, unpackSource } from './debian-suites.mjs';
import { root } from './set-up.mjs';

const cache = join(root, 'node_modules', '.cache', 'pythons');

/**
 * Fills a directory with a Python, and returns its executable.
 *
 * @typedef {(directory: string) => string} Recipe
 */

/**
 * Those that take seconds: `npm test` has them.
 *
 * @type {Readonly<Record<string, Recipe>>}
 */
export const QUICK_PYTHONS = {
  3.14: (directory) => debianPython(directory, '3.14'),
  3.15: (directory) => debianPython(directory, '3.15'),
};

/**
 * Those that take minutes: `npm run test:pythons` has them, too.
 *
 * @type {Readonly<Record<string, Recipe>>}
 */
export const SLOW_PYTHONS = {
  '3.11-debug': debugPython,
  '3.13t': freeThreadedPython,
  'pypy-3.11': (directory) => debianPypy(directory, 'sid'),
  'graalpy-24.1': graalpy,
  rustpython,
};

/**
 * Brings Pythons to this machine.
 *
 * @param {Readonly<Record<string, Recipe>>} recipes - by name
 * @returns what `VIVARIUM_PYTHONS` takes, and a line about each that can't be had
 */
export function bringPythons(recipes) {
  const found = Object.entries(recipes).map(([name, make]) => ({ name, ...bring(name, make) }));
  return {
    variable: found.map(({ name, executable = '' }) => `${name}=${executable}`).join(':'),
    lines: found.map(({ name, executable, reason }) => `${name.padEnd(12)} ${executable ?? `not here: ${reason}`}`),
  };
}

/**
 * @param {string} name
 * @param {Recipe} make
 * @returns {{ executable?: string, reason?: string }}
 */
function bring(name, make) {
  const directory = join(cache, name);
  const stamp = join(directory, '.executable');
  if (existsSync(stamp)) return { executable: readFileSync(stamp, 'utf8') };
  if (process.platform !== 'linux' || process.arch !== 'x64') return { reason: 'it is made for Linux on x86_64' };
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const startedAt = Date.now();
  process.stdout.write(`bringing Python ${name} …\n`);
  try {
    const executable = make(directory);
    run(executable, ['-c', 'import sys, sysconfig']);
    writeFileSync(stamp, executable);
    process.stdout.write(`  in ${Math.round((Date.now() - startedAt) / 1000)} s\n`);
    return { executable };
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

// What they link to that Debian 12 has in another version, or not at all.
const SHARED = ['libc6', 'libssl3t64', 'libexpat1', 'zlib1g', 'libffi8', 'liblzma5', 'libbz2-1.0', 'libncursesw6'];
const MORE_SHARED = ['libtinfo6', 'libreadline8t64', 'libsqlite3-0', 'libuuid1', 'libzstd1', 'libgcc-s1'];

/**
 * @param {string} directory
 * @param {string} version
 */
function debianPython(directory, version) {
  const own = [`python${version}`, `python${version}-minimal`, `python${version}-venv`];
  const library = ['minimal', 'stdlib', 'dev'].map((part) => `libpython${version}-${part}`);
  unpackPackages('sid', directory, [...own, ...library, ...SHARED, ...MORE_SHARED]);
  const executable = join(directory, 'usr', 'bin', `python${version}`);
  linkToOwnLibraries(directory, executable);
  // Its configuration of the build is where the compiler looks for that of the machine's own.
  symlinkSync('../x86_64-linux-gnu', join(directory, 'usr', 'include', `python${version}`, 'x86_64-linux-gnu'));
  return executable;
}

/**
 * @param {string} directory
 * @param {string} suite
 */
function debianPypy(directory, suite) {
  unpackPackages(suite, directory, ['pypy3', 'pypy3-lib', 'pypy3-venv', ...SHARED, ...MORE_SHARED]);
  const executable = join(directory, 'usr', 'bin', 'pypy3');
  linkToOwnLibraries(directory, executable);
  return executable;
}

/** Debian's own debug build, which shares the standard library with the installed Python. */
function debugPython() {
  const executable = '/usr/bin/python3.11-dbg';
  if (existsSync(executable)) return executable;
  if (process.getuid?.() !== 0) throw new Error('installing it needs root');
  run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'python3.11-dbg']);
  return executable;
}

/**
 * Built as python-build-standalone builds: all in a library, which the executable looks for next to itself.
 *
 * @type {Recipe}
 */
function freeThreadedPython(directory) {
  const source = unpackSource('trixie', directory, 'python3.13');
  /**
   * @param {string} command
   * @param {readonly string[]} args
   */
  const build = (command, args) => run(command, args, { cwd: source, timeout: 1_200_000 });
  const rpath = 'LDFLAGS=-Wl,-rpath,\\$$ORIGIN/../lib';
  const options = ['--disable-gil', '--enable-shared', '--disable-test-modules', '--without-ensurepip'];
  build('./configure', ['-q', `--prefix=${directory}`, ...options, rpath]);
  build('make', ['-s', '-j2']);
  build('make', ['-s', 'install']);
  rmSync(source, { recursive: true, force: true });
  return join(directory, 'bin', 'python3.13t');
}

/**
 * GraalPy on the machine's Java, out of the JAR files that Maven has of it, laid out as its own distribution is.
 *
 * @type {Recipe}
 */
function graalpy(directory) {
  const version = '24.1.2';
  const artifacts = [
    ['org.graalvm.polyglot', 'python-community', '<type>pom</type>'],
    ['org.graalvm.python', 'python-launcher', ''],
  ];
  const dependencies = artifacts.map(([group, name, type]) => {
    return `<dependency><groupId>${group}</groupId><artifactId>${name}</artifactId><version>${version}</version>${type}</dependency>`;
  });
  writeFileSync(
    join(directory, 'pom.xml'),
    `<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version>
<dependencies>${dependencies.join('')}</dependencies></project>`,
  );
  run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=jars'], { cwd: directory });
  const executable = join(directory, 'bin', 'graalpy');
  mkdirSync(join(directory, 'bin'));
  writeFileSync(executable, GRAALPY);
  chmodSync(executable, 0o755);
  // A start without a home lays its library out.
  const resources = join(directory, 'resources');
  const java = [`-Dpolyglot.engine.userResourceCache=${resources}`, '-cp', `${join(directory, 'jars')}/*`];
  run('java', [...java, 'com.oracle.graal.python.shell.GraalPythonMain', '-c', 'import sys']);
  const homes = join(resources, 'python', 'python-home');
  for (const home of readdirSync(homes)) cpSync(join(homes, home), directory, { recursive: true });
  rmSync(resources, { recursive: true, force: true });
  return executable;
}

const GRAALPY = `#!/bin/sh
home=$(dirname "$(dirname "$(readlink -f "$0")")")
exec java -Dpolyglot.engine.WarnInterpreterOnly=false -cp "$home/jars/*" -Dorg.graalvm.language.python.home="$home" \\
  -Dorg.graalvm.launcher.executablename="$0" com.oracle.graal.python.shell.GraalPythonMain "$@"
`;

/** It takes a quarter of an hour to build, so this only looks for one that is there. */
function rustpython() {
  const places = (process.env.PATH ?? '').split(':').concat(join(homedir(), '.cargo', 'bin'));
  const executable = places.map((place) => join(place, 'rustpython')).find((path) => existsSync(path));
  if (executable === undefined)
    throw new Error('`cargo install rustpython --locked` brings it, in a quarter of an hour');
  return executable;
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, timeout?: number }} [options] - the timeout in milliseconds
 */
function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
    timeout: 300_000,
    ...options,
  });
  if (error) throw new Error(`${command} did not end well: ${error.message}`);
  if (status !== 0) throw new Error(`${command} failed: ${(stderr || stdout).trim().split('\n').at(-1)}`);
}
