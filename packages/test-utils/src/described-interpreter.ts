import type { Interpreter } from '@vivarium/core/host';

/** A CPython on 64-bit Linux. */
export function cpython(version: string): Interpreter {
  const [major = 0, minor = 0, micro = 0] = version.split('.').map(Number);
  const bin = `/opt/python/${version}/bin`;
  const stdlib = `lib/python${major}.${minor}`;
  return {
    implementation: 'CPython',
    version: { major, minor, micro, releaseLevel: 'final', serial: 0 },
    platform: 'linux',
    os: 'posix',
    bits: 64,
    machine: 'x86_64',
    isFreeThreaded: false,
    isDebug: false,
    executable: `${bin}/python`,
    systemExecutable: `${bin}/python`,
    realExecutable: `${bin}/python${major}.${minor}`,
    prefix: `/opt/python/${version}`,
    basePrefix: `/opt/python/${version}`,
    baseExecPrefix: `/opt/python/${version}`,
    stdlib: `/opt/python/${version}/${stdlib}`,
    scheme: {
      scripts: 'bin',
      purelib: `${stdlib}/site-packages`,
      platlib: `${stdlib}/site-packages`,
      stdlib,
      include: 'include',
    },
    abiFlags: '',
    cacheTag: `cpython-${major}${minor}`,
    hasVenv: true,
    isExternallyManaged: false,
  };
}
