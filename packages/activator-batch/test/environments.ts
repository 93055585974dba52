import type { Environment, Interpreter } from '@vivarium/core';

interface Wish {
  readonly folder?: string;
  readonly prompt?: string;
  readonly os?: 'posix' | 'nt';
  readonly tcl?: Interpreter['tcl'];
}

/** An environment on either platform; a script needs little of it. */
export function environment({ folder = 'env', prompt, os = 'posix', tcl }: Wish = {}): Environment {
  const version = { major: 3, minor: 12, micro: 1, releaseLevel: 'final', serial: 0 } as const;
  const root = os === 'nt' ? 'C:\\Python312' : '/usr';
  const executable = os === 'nt' ? `${root}\\python.exe` : `${root}/bin/python3.12`;
  const scheme = {
    scripts: os === 'nt' ? 'Scripts' : 'bin',
    purelib: 'lib/site-packages',
    platlib: 'lib/site-packages',
    stdlib: 'lib',
    include: 'include',
  };
  return {
    destination: os === 'nt' ? `C:\\work\\${folder}` : `/srv/work/${folder}`,
    ...(prompt === undefined ? {} : { prompt }),
    layout: { ...scheme, executable: os === 'nt' ? 'Scripts/python.exe' : 'bin/python' },
    interpreter: {
      implementation: 'CPython',
      version,
      platform: os === 'nt' ? 'win32' : 'linux',
      os,
      bits: 64,
      machine: 'x86_64',
      isFreeThreaded: false,
      isDebug: false,
      executable,
      systemExecutable: executable,
      realExecutable: executable,
      prefix: root,
      basePrefix: root,
      baseExecPrefix: root,
      stdlib: `${root}/lib`,
      scheme,
      abiFlags: '',
      hasVenv: true,
      isExternallyManaged: false,
      ...(tcl === undefined ? {} : { tcl }),
    },
  };
}
