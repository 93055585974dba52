import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { PythonVersion, ReleaseLevel } from '@vivarium/core';
import { readText } from '../sources/read-text.ts';
import type { Matched } from '../spec/match.ts';

/**
 * Reads the build details of an executable without starting it: CPython 3.14 and later have them beside the standard
 * library. `undefined` where there are none, or where they are about another executable.
 */
export function buildDetailsOf(executable: string): Matched | undefined {
  try {
    const real = realpathSync.native(executable);
    const version = /^python(\d\.\d+t?)/.exec(basename(real))?.[1];
    if (version === undefined) return undefined;
    const stdlib = join(dirname(dirname(real)), 'lib', `python${version}`);
    const details = JSON.parse(readText(join(stdlib, 'build-details.json')) ?? 'null') as RawDetails | null;
    const base = details?.base_interpreter;
    if (!details || !base || realpathSync.native(resolve(stdlib, base)) !== real) return undefined;
    const { name, version: implementation } = details.implementation;
    const flags = details.abi.flags;
    return {
      implementation: name,
      version: versionOf(implementation),
      isFreeThreaded: flags.includes('t'),
      isDebug: flags.includes('d'),
    };
  } catch {
    return undefined;
  }
}

interface RawDetails {
  readonly base_interpreter?: string;
  readonly implementation: { readonly name: string; readonly version: RawVersion };
  readonly abi: { readonly flags: readonly string[] };
}

interface RawVersion {
  readonly major: number;
  readonly minor: number;
  readonly micro: number;
  readonly releaselevel: ReleaseLevel;
  readonly serial: number;
}

function versionOf({ major, minor, micro, releaselevel, serial }: RawVersion): PythonVersion {
  return { major, minor, micro, releaseLevel: releaselevel, serial };
}
