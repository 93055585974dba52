import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import csh from '@vivarium/activator-csh';
import type { Environment, Interpreter } from '@vivarium/core';
import { onTestFinished } from 'vitest';

const linux: Interpreter = {
  implementation: 'CPython',
  version: { major: 3, minor: 12, micro: 1, releaseLevel: 'final', serial: 0 },
  platform: 'linux',
  os: 'posix',
  bits: 64,
  machine: 'x86_64',
  isFreeThreaded: false,
  isDebug: false,
  executable: '/usr/bin/python3',
  systemExecutable: '/usr/bin/python3',
  realExecutable: '/usr/bin/python3',
  prefix: '/usr',
  basePrefix: '/usr',
  baseExecPrefix: '/usr',
  stdlib: '/usr/lib/python3.12',
  scheme: {
    scripts: 'bin',
    purelib: 'lib/python3.12/site-packages',
    platlib: 'lib/python3.12/site-packages',
    stdlib: 'lib/python3.12',
    include: 'include',
  },
  abiFlags: '',
  hasVenv: true,
  isExternallyManaged: false,
};

/** A Linux environment at that place. */
export function linuxEnvironment(destination: string): Environment {
  return { destination, interpreter: linux, layout: { ...linux.scheme, executable: 'bin/python' } };
}

/** A Windows environment at that place. */
export function windowsEnvironment(destination: string): Environment {
  const scheme = { ...linux.scheme, scripts: 'Scripts', purelib: 'Lib/site-packages', platlib: 'Lib/site-packages' };
  const interpreter: Interpreter = { ...linux, os: 'nt', platform: 'win32', scheme };
  return { destination, interpreter, layout: { ...scheme, executable: 'Scripts/python.exe' } };
}

/** The text of `activate.csh`. */
export function scriptOf(environment: Environment): string {
  return csh.scripts(environment, {}).map(({ contents }) => contents)[0] ?? '';
}

/** A folder that is taken away after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-csh-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts an environment's script and a Python in place. */
export function writeEnvironment(environment: Environment, folder: string = environment.destination): void {
  const scripts = join(folder, environment.layout.scripts);
  mkdirSync(scripts, { recursive: true });
  symlinkSync(findPython(), join(scripts, 'python'));
  writeFileSync(join(folder, 'pyvenv.cfg'), 'home = /usr/bin\n');
  writeFileSync(join(scripts, 'activate.csh'), scriptOf(environment));
}

/** What the shell prints when it reads these lines from a file. Whatever it says on stderr is added at the end. */
export function run(shell: string, lines: readonly string[], options: RunOptions = {}): readonly string[] {
  const file = join(temporaryFolder(), 'lines.csh');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const { stdout, stderr } = spawnSync(shell, [options.flags ?? '-f', file], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', HOME: temporaryFolder(), LANG: 'C.UTF-8' },
    ...(options.workingFolder === undefined ? {} : { cwd: options.workingFolder }),
  });
  return `${stdout}${stderr}`.split('\n').slice(0, -1);
}

interface RunOptions {
  /** @default '-f' */
  readonly flags?: string;
  readonly workingFolder?: string;
}

/** The shells that are here, by their programs. Where `CI` is `true` both have to be, and tests fail if they aren't. */
export const programs: readonly string[] = ['tcsh', 'bsd-csh'].filter(
  (program) => process.env.CI === 'true' || spawnSync(program, ['-f', '-c', 'exit']).error === undefined,
);

export function findPython(): string {
  return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
}
