import type { Interpreter } from '@vivarium/core/plugin';

type Listed = Interpreter & { readonly listings: Readonly<Record<string, readonly string[]>> };

/** PyPy 3.10 for 64-bit Linux as pypy.org packs it. */
export const portablePypy: Listed = {
  implementation: 'PyPy',
  version: { major: 3, minor: 10, micro: 14, releaseLevel: 'final', serial: 0 },
  implementationVersion: { major: 7, minor: 3, micro: 16, releaseLevel: 'final', serial: 0 },
  platform: 'linux',
  os: 'posix',
  bits: 64,
  machine: 'x86_64',
  isFreeThreaded: false,
  isDebug: false,
  executable: '/opt/pypy3.10/bin/pypy3',
  systemExecutable: '/opt/pypy3.10/bin/pypy3',
  realExecutable: '/opt/pypy3.10/bin/pypy3.10',
  prefix: '/opt/pypy3.10',
  basePrefix: '/opt/pypy3.10',
  baseExecPrefix: '/opt/pypy3.10',
  stdlib: '/opt/pypy3.10/lib/pypy3.10',
  scheme: {
    scripts: 'bin',
    purelib: 'lib/pypy3.10/site-packages',
    platlib: 'lib/pypy3.10/site-packages',
    stdlib: 'lib/pypy3.10',
    include: 'include',
  },
  sharedLibrary: { name: 'libpypy3.10-c.so', directory: '/opt/pypy3.10/bin' },
  abiFlags: '',
  cacheTag: 'pypy310',
  hasVenv: true,
  isExternallyManaged: false,
  listings: {
    '/opt/pypy3.10/lib': ['PYPY_PORTABLE_DEPS.txt', 'libffi.so.6', 'libtcl8.6.so', 'pypy3.10', 'tcl8.6'],
  },
};

/** PyPy 3.9 for 64-bit Windows as pypy.org packs it. */
export const windowsPypy: Listed = {
  ...portablePypy,
  version: { major: 3, minor: 9, micro: 19, releaseLevel: 'final', serial: 0 },
  platform: 'win32',
  os: 'nt',
  executable: 'C:\\pypy3.9\\pypy3.exe',
  systemExecutable: 'C:\\pypy3.9\\pypy3.exe',
  realExecutable: 'C:\\pypy3.9\\pypy3.exe',
  prefix: 'C:\\pypy3.9',
  basePrefix: 'C:\\pypy3.9',
  baseExecPrefix: 'C:\\pypy3.9',
  stdlib: 'C:\\pypy3.9\\Lib',
  scheme: {
    scripts: 'Scripts',
    purelib: 'Lib/site-packages',
    platlib: 'Lib/site-packages',
    stdlib: 'Lib',
    include: 'Include',
  },
  listings: {
    'C:\\pypy3.9': [
      'Lib',
      'libffi-8.dll',
      'libpypy3.9-c.dll',
      'pypy3.exe',
      'pypyw.exe',
      'python.exe',
      'vcruntime140.dll',
    ],
  },
};
