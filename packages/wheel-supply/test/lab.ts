import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Cache, type Context, type Interpreter, openCache } from '@vivarium/core';
import type { SeedSettings } from '@vivarium/wheel-supply';
import { onTestFinished } from 'vitest';

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'wheel-supply-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files, with the folders above them, and returns the folder that they are in. */
export function fill(folder: string, files: readonly { readonly file: string; readonly bytes: Uint8Array }[]): string {
  for (const { file, bytes } of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), bytes);
  }
  return folder;
}

export interface LabContext extends Context {
  readonly notices: string[];
}

/** A context with a cache of its own. */
export function makeContext(options: { readonly cache?: Cache; readonly env?: NodeJS.ProcessEnv } = {}): LabContext {
  const notices: string[] = [];
  const cache = options.cache ?? openCache({ folder: join(temporaryFolder(), 'cache') });
  return {
    env: options.env ?? {},
    workingFolder: '/',
    cache,
    signal: new AbortController().signal,
    notices,
    notice: (message) => notices.push(message),
    trace: () => {},
  };
}

/** An interpreter of this version whose standard library lies in an empty folder. */
export function interpreterOf(version: string, changes: Partial<Interpreter> = {}): Interpreter {
  const [major = 3, minor = 0, micro = 0] = version.split('.').map(Number);
  const lib = `lib/python${major}.${minor}`;
  const scheme = {
    scripts: 'bin',
    purelib: `${lib}/site-packages`,
    platlib: `${lib}/site-packages`,
    stdlib: lib,
    include: 'include',
  };
  return {
    implementation: 'CPython',
    version: { major, minor, micro, releaseLevel: 'final', serial: 0 },
    platform: 'linux',
    os: 'posix',
    bits: 64,
    machine: 'x86_64',
    isFreeThreaded: false,
    isDebug: false,
    executable: '/opt/python/bin/python',
    systemExecutable: '/opt/python/bin/python',
    realExecutable: '/opt/python/bin/python',
    prefix: '/opt/python',
    basePrefix: '/opt/python',
    baseExecPrefix: '/opt/python',
    stdlib: `/opt/python/${lib}`,
    scheme,
    abiFlags: '',
    hasVenv: true,
    isExternallyManaged: false,
    ...changes,
  };
}

/** Settings as they are when nothing is said, with changes. */
export function settingsWith(changes: Partial<SeedSettings> = {}): SeedSettings {
  const unset = {
    pip: undefined,
    setuptools: undefined,
    wheel: undefined,
    seedPackage: undefined,
    extraSearchDir: undefined,
  };
  return {
    ...unset,
    noPip: false,
    noSetuptools: false,
    noWheel: false,
    download: false,
    periodicUpdate: false,
    ...changes,
  };
}
