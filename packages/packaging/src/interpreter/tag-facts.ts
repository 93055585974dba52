import type { MacosFacts, PlatformFacts, TagFacts, WindowsFacts } from '../tags/facts.ts';
import type { DescribedInterpreter, DescribedSystem } from './described.ts';

/** The facts that `wheelTags` needs, from what a probe reports of an interpreter and of its system. */
export function tagFactsOf(interpreter: DescribedInterpreter, system: DescribedSystem = {}): TagFacts {
  const { implementation, version, isFreeThreaded, isDebug, abiFlags, os } = interpreter;
  const soabi = system.soabi ?? soabiOf(interpreter);
  return {
    implementation: implementation.toLowerCase(),
    version: [version.major, version.minor],
    isFreeThreaded,
    isDebug,
    // Only on POSIX systems, and only in Python 3, do the flags say it.
    hasPymalloc: os === 'nt' || version.major === 2 || abiFlags.includes('m'),
    ...(soabi !== undefined && { soabi }),
    ...(system.hasWideUnicode !== undefined && { hasWideUnicode: system.hasWideUnicode }),
    platform: platformOf(interpreter, system),
  };
}

/** How PyPy and GraalPy name extension modules, from their versions. */
function soabiOf({ implementation, implementationVersion: own, version }: DescribedInterpreter): string | undefined {
  if (own === undefined) return undefined;
  const [ownVersion, language] = [own, version].map(({ major, minor }) => `${major}${minor}`);
  if (implementation === 'PyPy') return version.major === 2 ? `pypy-${ownVersion}` : `pypy${language}-pp${ownVersion}`;
  return implementation === 'GraalPy' ? `graalpy${ownVersion}-${language}-native` : undefined;
}

function platformOf(interpreter: DescribedInterpreter, system: DescribedSystem): PlatformFacts {
  const { platform, machine, bits, libc: name } = interpreter;
  const { version } = system;
  if (platform === 'linux') {
    const libc = name === undefined || version === undefined ? {} : { libc: { name, version } };
    return { system: 'linux', machine: LINUX[machine] ?? machine, bits, ...libc };
  }
  const apple = MACOS[machine];
  if (platform === 'darwin' && apple !== undefined) {
    return { system: 'macos', version: version ?? [11, 0], machine: apple };
  }
  const windows = WINDOWS[machine];
  if (platform === 'win32' && windows !== undefined) return { system: 'windows', machine: windows };
  return { system: 'other', platform: system.buildPlatform ?? `${platform}-${machine}` };
}

// From the one name that vivarium has for a machine to those that platform tags have.
const LINUX: Readonly<Record<string, string | undefined>> = { arm64: 'aarch64', x86: 'i686', arm: 'armv7l' };
const MACOS: Readonly<Record<string, MacosFacts['machine'] | undefined>> = {
  arm64: 'arm64',
  x86_64: 'x86_64',
  x86: 'i386',
  ppc64: 'ppc64',
  ppc: 'ppc',
};
const WINDOWS: Readonly<Record<string, WindowsFacts['machine'] | undefined>> = {
  x86_64: 'amd64',
  x86: 'x86',
  arm64: 'arm64',
  arm: 'arm32',
};
