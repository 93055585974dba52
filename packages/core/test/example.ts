import type { Interpreter, Plan, Step } from '@vivarium/core/host';

/** A CPython 3.12 under Linux, as the probe would describe it. */
export const cpython312: Interpreter = {
  implementation: 'CPython',
  version: { major: 3, minor: 12, micro: 1, releaseLevel: 'final', serial: 0 },
  platform: 'linux',
  os: 'posix',
  bits: 64,
  machine: 'x86_64',
  isFreeThreaded: false,
  isDebug: false,
  executable: '/opt/python/bin/python3',
  systemExecutable: '/opt/python/bin/python3',
  realExecutable: '/opt/python/bin/python3.12',
  prefix: '/opt/python',
  basePrefix: '/opt/python',
  baseExecPrefix: '/opt/python',
  stdlib: '/opt/python/lib/python3.12',
  scheme: {
    scripts: 'bin',
    purelib: 'lib/python3.12/site-packages',
    platlib: 'lib/python3.12/site-packages',
    stdlib: 'lib/python3.12',
    include: 'include',
  },
  abiFlags: '',
  hasVenv: true,
  isExternallyManaged: false,
};

/** A plan with these steps and nothing else of interest. */
export function planOf(destination: string, mode: Plan['mode'], steps: readonly Step[]): Plan {
  return {
    format: 1,
    mode,
    environment: {
      destination,
      interpreter: cpython312,
      layout: { ...cpython312.scheme, executable: 'bin/python' },
    },
    creator: { name: 'example', title: 'Example', summary: [] },
    activators: [],
    skippedActivators: [],
    steps,
  };
}
