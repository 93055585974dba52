import type { Interpreter } from '@vivarium/core/plugin';

const TOOLS = '/Library/Developer/CommandLineTools';
const FRAMEWORK = `${TOOLS}/Library/Frameworks/Python3.framework/Versions/3.9`;

/** The Python of Xcode's command line tools. */
export const xcodePython: Interpreter = {
  implementation: 'CPython',
  version: { major: 3, minor: 9, micro: 6, releaseLevel: 'final', serial: 0 },
  platform: 'darwin',
  os: 'posix',
  bits: 64,
  machine: 'arm64',
  isFreeThreaded: false,
  isDebug: false,
  executable: '/usr/bin/python3',
  systemExecutable: `${TOOLS}/usr/bin/python3`,
  realExecutable: `${FRAMEWORK}/bin/python3.9`,
  prefix: FRAMEWORK,
  basePrefix: FRAMEWORK,
  baseExecPrefix: FRAMEWORK,
  stdlib: `${FRAMEWORK}/lib/python3.9`,
  scheme: {
    scripts: 'bin',
    purelib: 'lib/python3.9/site-packages',
    platlib: 'lib/python3.9/site-packages',
    stdlib: 'lib/python3.9',
    include: 'include',
  },
  framework: 'Python3',
  abiFlags: '',
  cacheTag: 'cpython-39',
  hasVenv: true,
  isExternallyManaged: false,
};

const BREW = '/opt/homebrew/opt/python@3.12';

/** Homebrew's Python 3.12 on Apple silicon. */
export const homebrewPython: Interpreter = {
  ...xcodePython,
  version: { ...xcodePython.version, minor: 12, micro: 4 },
  executable: '/opt/homebrew/bin/python3',
  systemExecutable: `${BREW}/bin/python3.12`,
  realExecutable: '/opt/homebrew/Cellar/python@3.12/3.12.4_1/Frameworks/Python.framework/Versions/3.12/bin/python3.12',
  prefix: `${BREW}/Frameworks/Python.framework/Versions/3.12`,
  basePrefix: `${BREW}/Frameworks/Python.framework/Versions/3.12`,
  baseExecPrefix: `${BREW}/Frameworks/Python.framework/Versions/3.12`,
  stdlib: `${BREW}/Frameworks/Python.framework/Versions/3.12/lib/python3.12`,
  scheme: {
    ...xcodePython.scheme,
    purelib: 'lib/python3.12/site-packages',
    platlib: 'lib/python3.12/site-packages',
    stdlib: 'lib/python3.12',
  },
  framework: 'Python',
  cacheTag: 'cpython-312',
  isExternallyManaged: true,
};
