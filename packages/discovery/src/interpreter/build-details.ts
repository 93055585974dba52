import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { PythonVersion, ReleaseLevel } from '@vivarium/core/plugin';
import { readText } from '../sources/read-text.ts';
import type { Matched } from '../spec/match.ts';

// Since 3.14; to look next to older ones would be in vain.
const NAME = /^python(3\.(?:1[4-9]|[2-9]\d)t?)/;

/**
 * Reads the build details of an executable without starting it (PEP 739): CPython 3.14 and later have them next to the
 * standard library. `undefined` where there are none, or where they are about another executable.
 */
export function buildDetailsOf(executable: string): Matched | undefined {
  try {
    const real = realpathSync.native(executable);
    const name = NAME.exec(basename(real))?.[1];
    const prefix = dirname(dirname(real));
    const places = name === undefined ? [] : ['lib', 'lib64'].map((library) => join(prefix, library, `python${name}`));
    for (const stdlib of places) {
      const text = readText(join(stdlib, 'build-details.json'));
      if (text !== undefined) return fromDetails(JSON.parse(text) as RawDetails, { stdlib, real });
    }
  } catch {
    // Whatever is wrong with them, the interpreter itself can be asked.
  }
  return undefined;
}

interface Place {
  readonly stdlib: string;
  readonly real: string;
}

function fromDetails(details: RawDetails, { stdlib, real }: Place): Matched | undefined {
  const { base_prefix: prefix = '', base_interpreter: interpreter, implementation, abi } = details;
  const { major, minor, micro, releaselevel: releaseLevel, serial } = implementation.version;
  if (interpreter === undefined || implementation.name !== 'cpython') return undefined;
  // Paths are absolute, or relative: the prefix to the file, all others to the prefix.
  if (realpathSync.native(resolve(stdlib, prefix, interpreter)) !== real) return undefined;
  if (![major, minor, micro, serial].every(Number.isInteger) || !LEVELS.includes(releaseLevel)) return undefined;
  return {
    implementation: 'CPython',
    version: { major, minor, micro, releaseLevel, serial },
    isFreeThreaded: abi.flags.includes('t'),
    isDebug: abi.flags.includes('d'),
  };
}

const LEVELS: readonly string[] = ['alpha', 'beta', 'candidate', 'final'];

interface RawDetails {
  readonly base_prefix?: string;
  readonly base_interpreter?: string;
  readonly implementation: {
    readonly name: string;
    readonly version: Omit<PythonVersion, 'releaseLevel'> & { readonly releaselevel: ReleaseLevel };
  };
  readonly abi: { readonly flags: readonly string[] };
}
