import { findImplementation } from '../implementations.ts';
import { unifyMachine } from './machine.ts';
import type { VersionSpec } from './spec.ts';

/** A spec in the words of another tool: a version in ours, and what that can't say. */
export interface Key {
  /** `cpython3.13t`, `pypy3.9`, `python`. */
  readonly version: string;
  readonly rest: Pick<VersionSpec, 'platform' | 'machine' | 'libc' | 'implementationVersion'>;
}

const KEY =
  /^(?<name>[a-z]+)-(?<version>any|\d+(?:\.\d+){0,2}(?:(?:a|b|rc)\d+)?[td]{0,2}(?:\+[a-z]+)*)-(?<os>any|linux|macos|darwin|windows)(?:-(?<machine>[a-z]\w*)(?:-(?<libc>[a-z]+))?)?$/i;

const PLATFORMS = { linux: 'linux', macos: 'darwin', darwin: 'darwin', windows: 'win32' } as const;

/**
 * The key by which uv names a Python and its directory: implementation, version, system, machine and C library, each of
 * them or `any`: `cpython-3.12.1-linux-x86_64-gnu`, `pypy-3.10.16-macos-aarch64-none`.
 */
export function readKey(text: string): Key | undefined {
  const groups = KEY.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { name = '', version = '', os = '', machine, libc } = groups;
  const word = implementationWord(name);
  if (word === undefined) return undefined;
  const platform = PLATFORMS[os.toLowerCase() as keyof typeof PLATFORMS];
  const library = libcOf(libc ?? '');
  return {
    version: version.toLowerCase() === 'any' ? word : `${word}${version}`,
    rest: {
      ...(platform !== undefined && { platform }),
      ...(machine !== undefined && machine.toLowerCase() !== 'any' && { machine: machineOf(machine) }),
      ...(library !== undefined && { libc: library }),
    },
  };
}

const RELEASE = /^(?<name>[a-z]+)(?:(?<version>\d(?:\.\d+)?)-v?|-)?(?<release>\d+\.\d+\.\d+)(?:-src)?$/i;

/**
 * The name that pyenv and asdf give to a release of an implementation that is numbered apart from the language, with the
 * version of the language before it where there are several: `pypy3.9-7.3.11`, `graalpy-24.1.1`.
 */
export function readRelease(text: string): Key | undefined {
  const { name = '', version = '', release = '' } = RELEASE.exec(text)?.groups ?? {};
  const id = findImplementation(name);
  if (id === undefined || id === 'cpython' || (version === '' && Number.parseInt(release, 10) < FIRST_OWN_NUMBER)) {
    return undefined;
  }
  return { version: `${id}${version}`, rest: { implementationVersion: release } };
}

// PyPy has been numbered from 5 on since it speaks Python 3; no Python will soon.
const FIRST_OWN_NUMBER = 5;

function implementationWord(name: string): string | undefined {
  return /^(?:any|python)$/i.test(name) ? 'python' : findImplementation(name);
}

/** uv writes machines as Rust's targets have them: with a level (`x86_64_v3`) or a set of extensions (`riscv64gc`). */
function machineOf(word: string): string {
  return unifyMachine(word.replace(/_v\d$/i, '').replace(/^(riscv(?:32|64))[a-z]+$/i, '$1'));
}

function libcOf(word: string): VersionSpec['libc'] {
  if (/^gnu/i.test(word)) return 'glibc';
  return /^musl/i.test(word) ? 'musl' : undefined;
}
