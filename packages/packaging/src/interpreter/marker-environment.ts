import type { MarkerEnvironment } from '../marker/environment.ts';
import type { DescribedInterpreter, DescribedSystem, VersionInfo } from './described.ts';

/** The environment that markers are evaluated in, from what a probe reports of an interpreter and of its system. */
export function markerEnvironmentOf(
  interpreter: DescribedInterpreter,
  system: DescribedSystem = {},
): MarkerEnvironment {
  const { implementation, version, platform, os, machine } = interpreter;
  // `sys.implementation` came with 3.3; PEP 508 says what holds before it.
  const isNamed = version.major > 2;
  return {
    os_name: os,
    sys_platform: version.major === 2 && platform === 'linux' ? 'linux2' : platform,
    platform_machine: system.platformMachine ?? MACHINES[platform]?.[machine] ?? machine,
    platform_python_implementation: implementation,
    platform_release: system.platformRelease ?? '',
    platform_system: system.platformSystem ?? SYSTEMS[platform] ?? '',
    platform_version: system.platformVersion ?? '',
    python_version: `${version.major}.${version.minor}`,
    python_full_version: pythonFullVersion(version),
    implementation_name: isNamed ? implementation.toLowerCase() : '',
    implementation_version: isNamed ? implementationVersion(interpreter.implementationVersion ?? version) : '0',
  };
}

const SYSTEMS: Readonly<Record<string, string | undefined>> = {
  linux: 'Linux',
  darwin: 'Darwin',
  win32: 'Windows',
  ios: 'iOS',
  android: 'Android',
};

const MACHINES: Readonly<Record<string, Readonly<Record<string, string | undefined>> | undefined>> = {
  linux: { arm64: 'aarch64', x86: 'i686' },
  win32: { x86_64: 'AMD64', arm64: 'ARM64' },
};

const PRE_RELEASE = { alpha: 'a', beta: 'b', candidate: 'rc' } as const;

// `platform.python_version()`.
function pythonFullVersion(version: VersionInfo): string {
  const level = version.releaseLevel;
  return `${threeParts(version)}${level === 'final' ? '' : `${PRE_RELEASE[level]}${version.serial}`}`;
}

// PEP 508 takes the first letter of the release level, so that a candidate has "c" here and "rc" above.
function implementationVersion(version: VersionInfo): string {
  return `${threeParts(version)}${version.releaseLevel === 'final' ? '' : `${version.releaseLevel[0]}${version.serial}`}`;
}

function threeParts({ major, minor, micro }: VersionInfo): string {
  return `${major}.${minor}.${micro}`;
}
