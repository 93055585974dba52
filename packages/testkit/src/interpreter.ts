import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import type { Interpreter } from '@vivarium/core/host';

const PROBE = `
import json, sys, sysconfig
v = sys.version_info
print(json.dumps({"version": [v[0], v[1], v[2], v[3], v[4]], "executable": getattr(sys, "_base_executable", sys.executable),
  "prefix": sys.base_prefix, "stdlib": sysconfig.get_path("stdlib"), "platform": sys.platform}))
`;

interface Answer {
  readonly version: [number, number, number, 'final', number];
  readonly executable: string;
  readonly prefix: string;
  readonly stdlib: string;
  readonly platform: string;
}

let found: Interpreter | undefined;

/** The Python that environments under test are made for: `VIVARIUM_TEST_PYTHON`, else `python3` on `PATH`. */
export function findInterpreter(): Interpreter {
  found ??= probe(process.env.VIVARIUM_TEST_PYTHON ?? 'python3');
  return found;
}

function probe(command: string): Interpreter {
  const { stdout, stderr, error } = spawnSync(command, ['-I', '-c', PROBE], { encoding: 'utf8' });
  if (error !== undefined || stdout === '') {
    throw new Error(`The conformance suite needs a Python; ${command} gave none: ${error?.message ?? stderr}`);
  }
  const { version, executable, prefix, stdlib, platform } = JSON.parse(stdout) as Answer;
  const [major, minor, micro, releaseLevel, serial] = version;
  const library = `lib/python${major}.${minor}`;
  return {
    implementation: 'CPython',
    version: { major, minor, micro, releaseLevel, serial },
    platform,
    os: 'posix',
    bits: 64,
    machine: process.arch === 'arm64' ? 'arm64' : 'x86_64',
    isFreeThreaded: false,
    isDebug: false,
    executable,
    systemExecutable: executable,
    realExecutable: executable,
    prefix,
    basePrefix: prefix,
    baseExecPrefix: prefix,
    stdlib,
    scheme: {
      scripts: 'bin',
      purelib: `${library}/site-packages`,
      platlib: `${library}/site-packages`,
      stdlib: library,
      include: 'include',
    },
    abiFlags: '',
    hasVenv: true,
    isExternallyManaged: false,
  };
}

/** The same Python as one for Windows, of which nothing but the platform and the layout matters to a script. */
export function asWindows(interpreter: Interpreter): Interpreter {
  return {
    ...interpreter,
    os: 'nt',
    platform: 'win32',
    executable: 'C:\\Python\\python.exe',
    systemExecutable: 'C:\\Python\\python.exe',
    realExecutable: 'C:\\Python\\python.exe',
    prefix: 'C:\\Python',
    basePrefix: 'C:\\Python',
    baseExecPrefix: 'C:\\Python',
    stdlib: 'C:\\Python\\Lib',
    scheme: {
      scripts: 'Scripts',
      purelib: 'Lib/site-packages',
      platlib: 'Lib/site-packages',
      stdlib: 'Lib',
      include: 'Include',
    },
  };
}

/** The directory that `home` in `pyvenv.cfg` names. */
export function homeOf(interpreter: Interpreter): string {
  return dirname(interpreter.systemExecutable);
}
