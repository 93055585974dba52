import type { Interpreter } from '@vivarium/core/plugin';

/** RustPython 0.6 as `cargo install` leaves it: nothing of it is below its prefix. */
export const rustpython: Interpreter = {
  implementation: 'RustPython',
  version: { major: 3, minor: 14, micro: 0, releaseLevel: 'alpha', serial: 0 },
  implementationVersion: { major: 0, minor: 6, micro: 0, releaseLevel: 'alpha', serial: 0 },
  platform: 'linux',
  os: 'posix',
  bits: 64,
  machine: 'x86_64',
  isFreeThreaded: true,
  isDebug: false,
  executable: '/home/u/.cargo/bin/rustpython',
  systemExecutable: '/home/u/.cargo/bin/rustpython',
  realExecutable: '/home/u/.cargo/bin/rustpython',
  prefix: '/usr/local',
  basePrefix: '/usr/local',
  baseExecPrefix: '/usr/local',
  stdlib: '/home/u/.cargo/registry/src/rustpython-pylib-0.6.0/Lib',
  scheme: {
    scripts: 'bin',
    purelib: 'lib/rustpython3.14t/site-packages',
    platlib: 'lib/rustpython3.14t/site-packages',
    stdlib: 'lib/rustpython3.14t',
    include: 'include',
  },
  abiFlags: 't',
  cacheTag: 'cpython-314',
  hasVenv: true,
  isExternallyManaged: false,
};

/** The same for Windows. */
export const windowsRustpython: Interpreter = {
  ...rustpython,
  platform: 'win32',
  os: 'nt',
  executable: 'C:\\RustPython\\rustpython.exe',
  systemExecutable: 'C:\\RustPython\\rustpython.exe',
  realExecutable: 'C:\\RustPython\\rustpython.exe',
  prefix: 'C:\\RustPython',
  basePrefix: 'C:\\RustPython',
  baseExecPrefix: 'C:\\RustPython',
  stdlib: 'C:\\RustPython\\Lib',
  scheme: {
    scripts: 'Scripts',
    purelib: 'Lib/site-packages',
    platlib: 'Lib/site-packages',
    stdlib: 'Lib',
    include: 'Include',
  },
  abiFlags: '',
};
