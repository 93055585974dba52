import type { Interpreter } from '@vivarium/core/plugin';

type Listed = Interpreter & { readonly listings?: Readonly<Record<string, readonly string[]>> };

/** GraalPy 24.2 for 64-bit Linux, compiled to native code. */
export const nativeGraalpy: Listed = {
  implementation: 'GraalPy',
  version: { major: 3, minor: 11, micro: 7, releaseLevel: 'final', serial: 0 },
  implementationVersion: { major: 24, minor: 2, micro: 0, releaseLevel: 'final', serial: 0 },
  platform: 'linux',
  os: 'posix',
  bits: 64,
  machine: 'x86_64',
  isFreeThreaded: false,
  isDebug: false,
  executable: '/opt/graalpy/bin/graalpy',
  systemExecutable: '/opt/graalpy/bin/graalpy',
  realExecutable: '/opt/graalpy/bin/graalpy',
  prefix: '/opt/graalpy',
  basePrefix: '/opt/graalpy',
  baseExecPrefix: '/opt/graalpy',
  stdlib: '/opt/graalpy/lib/python3.11',
  scheme: {
    scripts: 'bin',
    purelib: 'lib/python3.11/site-packages',
    platlib: 'lib/python3.11/site-packages',
    stdlib: 'lib/python3.11',
    include: 'include',
  },
  abiFlags: '',
  cacheTag: 'graalpy242-311',
  hasVenv: true,
  isExternallyManaged: false,
  listings: { '/opt/graalpy': ['bin', 'lib'], '/opt/graalpy/lib': ['libpythonvm.so', 'graalpy24.2', 'python3.11'] },
};

/** The same on a Java virtual machine. */
export const javaGraalpy: Listed = {
  ...nativeGraalpy,
  listings: { '/opt/graalpy': ['bin', 'jvm', 'lib', 'modules'], '/opt/graalpy/lib': ['python3.11'] },
};

/** GraalPy 24.2 for 64-bit Windows, compiled to native code. */
export const windowsGraalpy: Listed = {
  ...nativeGraalpy,
  platform: 'win32',
  os: 'nt',
  executable: 'C:\\graalpy\\bin\\graalpy.exe',
  systemExecutable: 'C:\\graalpy\\bin\\graalpy.exe',
  realExecutable: 'C:\\graalpy\\bin\\graalpy.exe',
  prefix: 'C:\\graalpy',
  basePrefix: 'C:\\graalpy',
  baseExecPrefix: 'C:\\graalpy',
  stdlib: 'C:\\graalpy\\Lib',
  scheme: {
    scripts: 'Scripts',
    purelib: 'Lib/site-packages',
    platlib: 'Lib/site-packages',
    stdlib: 'Lib',
    include: 'Include',
  },
  listings: { 'C:\\graalpy': ['bin', 'Lib'], 'C:\\graalpy\\lib': ['pythonvm.dll', 'site-packages'] },
};
