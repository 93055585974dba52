import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import activator from '@vivarium/activator-xonsh';
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

/** The text of `activate.xsh`. */
export function scriptOf(environment: Environment): string {
  return activator.scripts(environment, {}).map(({ contents }) => contents)[0] ?? '';
}

/** Writes the script of an environment, and gives its path. */
export function writeScript(destination: string): string {
  const script = join(destination, 'bin', 'activate.xsh');
  mkdirSync(join(destination, 'bin'), { recursive: true });
  writeFileSync(join(destination, 'pyvenv.cfg'), '');
  writeFileSync(script, scriptOf(linuxEnvironment(destination)));
  return script;
}

/** A folder that is taken away after the test. */
export function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-xonsh-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
