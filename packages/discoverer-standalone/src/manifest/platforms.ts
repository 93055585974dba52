import { namesIn, unifyMachine } from '@vivarium/core/internal';
import type { Interpreter } from '@vivarium/core/plugin';

/** What a build is for, in the words of an interpreter. */
export type Target = Pick<Interpreter, 'machine' | 'bits'> & {
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly libc?: 'glibc' | 'musl';
};

/**
 * The platforms that are offered, by the names that python-build-standalone has for them. Its builds for newer x86_64
 * processors (`x86_64_v2` and later) are no part of it: they end at once on an older one.
 */
export const platforms = {
  'x86_64-unknown-linux-gnu': { platform: 'linux', machine: 'x86_64', bits: 64, libc: 'glibc' },
  'aarch64-unknown-linux-gnu': { platform: 'linux', machine: 'arm64', bits: 64, libc: 'glibc' },
  'x86_64-unknown-linux-musl': { platform: 'linux', machine: 'x86_64', bits: 64, libc: 'musl' },
  'aarch64-unknown-linux-musl': { platform: 'linux', machine: 'arm64', bits: 64, libc: 'musl' },
  'x86_64-apple-darwin': { platform: 'darwin', machine: 'x86_64', bits: 64 },
  'aarch64-apple-darwin': { platform: 'darwin', machine: 'arm64', bits: 64 },
  'x86_64-pc-windows-msvc': { platform: 'win32', machine: 'x86_64', bits: 64 },
  'aarch64-pc-windows-msvc': { platform: 'win32', machine: 'arm64', bits: 64 },
  'i686-pc-windows-msvc': { platform: 'win32', machine: 'x86', bits: 32 },
} as const satisfies Readonly<Record<string, Target>>;

/** The name of a platform. */
export type PlatformName = keyof typeof platforms;

/** The platform that this process runs on; `undefined` where there are no builds for it. */
export function ownPlatform(): PlatformName | undefined {
  const machine = unifyMachine(process.arch);
  const libc = process.platform === 'linux' ? ownLibc() : undefined;
  const names = Object.keys(platforms) as PlatformName[];
  return names.find((name) => {
    const target: Target = platforms[name];
    return target.platform === process.platform && target.machine === machine && target.libc === libc;
  });
}

/** By the program interpreters that are there: musl has one of its own, and glibc systems may have that besides. */
function ownLibc(): 'glibc' | 'musl' {
  const isMusl = ['/lib', '/usr/lib'].some((directory) => namesIn(directory).some((name) => /^ld-musl-/.test(name)));
  const isGlibc = ['/lib64', '/lib', '/usr/lib64', '/usr/lib'].some((directory) =>
    namesIn(directory).some((name) => /^ld-linux-/.test(name)),
  );
  return isMusl && !isGlibc ? 'musl' : 'glibc';
}
