import type { Interpreter, PythonVersion } from '@vivarium/core/plugin';

const LEVELS = { a: 'alpha', b: 'beta', rc: 'candidate' } as const;

/** A Linux build of CPython with the given version; for what only compares. */
export function interpreterOf({
  version,
  ...rest
}: { version: string } & Partial<Omit<Interpreter, 'version'>>): Interpreter {
  const minor = version.split('.').slice(0, 2).join('.');
  const executable = `/opt/python/${version}/bin/python${minor}`;
  const prefix = `/opt/python/${version}`;
  const library = `lib/python${minor}`;
  const packages = `${library}/site-packages`;
  return {
    implementation: 'CPython',
    version: versionOf(version),
    platform: 'linux',
    os: 'posix',
    bits: 64,
    machine: 'x86_64',
    isFreeThreaded: false,
    isDebug: false,
    executable,
    systemExecutable: executable,
    realExecutable: executable,
    prefix,
    basePrefix: prefix,
    baseExecPrefix: prefix,
    stdlib: `${prefix}/${library}`,
    scheme: { scripts: 'bin', purelib: packages, platlib: packages, stdlib: library, include: 'include' },
    abiFlags: '',
    hasVenv: true,
    isExternallyManaged: false,
    ...rest,
  };
}

function versionOf(text: string): PythonVersion {
  const { major, minor, micro, level, serial } =
    /^(?<major>\d+)\.(?<minor>\d+)\.(?<micro>\d+)(?:(?<level>a|b|rc)(?<serial>\d+))?$/.exec(text)?.groups ?? {};
  return {
    major: Number(major),
    minor: Number(minor),
    micro: Number(micro),
    releaseLevel: level === undefined ? 'final' : LEVELS[level as keyof typeof LEVELS],
    serial: Number(serial ?? 0),
  };
}
