import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Cache, type Context, type Interpreter, openCache } from '@vivarium/core/host';
import type { SeedSettings } from '@vivarium/wheel-resolver';
import { onTestFinished } from 'vitest';

/** A directory that is gone when the test is over. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'wheel-resolver-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Writes files, with the directories above them, and returns the directory that they are in. */
export function fill(
  directory: string,
  files: readonly { readonly file: string; readonly bytes: Uint8Array }[],
): string {
  for (const { file, bytes } of files) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), bytes);
  }
  return directory;
}

export interface LabContext extends Context {
  readonly warnings: string[];
}

/** A context with a cache of its own. */
export function makeContext(options: { readonly cache?: Cache; readonly env?: NodeJS.ProcessEnv } = {}): LabContext {
  const warnings: string[] = [];
  const cache = options.cache ?? openCache({ directory: join(temporaryDirectory(), 'cache') });
  return {
    env: options.env ?? {},
    cwd: '/',
    cache,
    signal: new AbortController().signal,
    warnings,
    warn: (message) => warnings.push(message),
    debug: () => {},
  };
}

/** An interpreter of this version whose standard library is in an empty directory. */
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
    seedWheels: undefined,
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
