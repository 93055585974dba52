import type { Interpreter } from '@vivarium/core/plugin';

/** An interpreter with what is in its directories. */
export type Listed = Interpreter & { readonly listings?: Readonly<Record<string, readonly string[]>> };

interface Build {
  readonly version: string;
  readonly root: string;
  /** File name of the executable. */
  readonly executable?: string;
}

/** A 64-bit CPython for Windows as python.org's installer lays it out, without any listing. */
export function windowsPython({ version, root, executable = 'python.exe' }: Build): Listed {
  const [major = 0, minor = 0, micro = 0] = version.split('.').map(Number);
  return {
    implementation: 'CPython',
    version: { major, minor, micro, releaseLevel: 'final', serial: 0 },
    platform: 'win32',
    os: 'nt',
    bits: 64,
    machine: 'x86_64',
    isFreeThreaded: false,
    isDebug: false,
    executable: `${root}\\${executable}`,
    systemExecutable: `${root}\\${executable}`,
    realExecutable: `${root}\\${executable}`,
    prefix: root,
    basePrefix: root,
    baseExecPrefix: root,
    stdlib: `${root}\\Lib`,
    scheme: {
      scripts: 'Scripts',
      purelib: 'Lib/site-packages',
      platlib: 'Lib/site-packages',
      stdlib: 'Lib',
      include: 'Include',
    },
    sharedLibrary: { name: `python${major}${minor}.dll`, directory: root },
    abiFlags: '',
    cacheTag: `cpython-${major}${minor}`,
    hasVenv: true,
    isExternallyManaged: false,
  };
}

/** The embeddable package: no `venv`, the standard library in a zip archive, all libraries next to the executable. */
export const embeddable: Listed = {
  ...windowsPython({ version: '3.12.1', root: 'C:\\embed' }),
  stdlib: 'C:\\embed\\python312.zip',
  hasVenv: false,
  listings: {
    'C:\\embed': [
      '_ssl.pyd',
      'libcrypto-3.dll',
      'python.cat',
      'python.exe',
      'python3.dll',
      'python312._pth',
      'python312.dll',
      'python312.zip',
      'pythoncom312.dll',
      'pythonw.exe',
      'vcruntime140.dll',
    ],
  },
};

/** conda's: the launchers are next to the interpreter. */
export const conda: Listed = {
  ...windowsPython({ version: '3.11.7', root: 'C:\\conda' }),
  listings: {
    'C:\\conda': ['python.exe', 'python311.dll', 'pythonw.exe', 'venvlauncher.exe', 'venvwlauncher.exe'],
    'C:\\conda\\Lib\\venv\\scripts\\nt': ['activate.bat', 'deactivate.bat'],
  },
};

/** Python 3.7.1 and older: `venv` brings no launchers, and extension modules are in a directory of their own. */
export const withoutLaunchers: Listed = {
  ...windowsPython({ version: '3.6.8', root: 'C:\\Python36' }),
  listings: {
    'C:\\Python36': ['python.exe', 'python3.dll', 'python36.dll', 'pythonw.exe', 'vcruntime140.dll'],
    'C:\\Python36\\DLLs': ['_ssl.pyd', 'py.ico', 'sqlite3.dll', 'pywintypes36.dll'],
    'C:\\Python36\\Lib\\venv\\scripts\\nt': ['Activate.ps1', 'activate.bat', 'deactivate.bat'],
  },
};
