import type { PythonVersion, ReleaseLevel } from '@vivarium/core/plugin';

const VERSION = /^(?<major>\d{1,3})\.(?<minor>\d{1,3})\.(?<micro>\d{1,3})(?:(?<level>a|b|rc)(?<serial>\d{1,3}))?$/;
const LEVELS: Readonly<Record<string, ReleaseLevel>> = { a: 'alpha', b: 'beta', rc: 'candidate' };
const ORDER: readonly ReleaseLevel[] = ['alpha', 'beta', 'candidate', 'final'];

/** Reads a version as PEP 440 writes it, `3.12.1` or `3.16.0a2`; `undefined` for anything else. */
export function readVersion(text: string): PythonVersion | undefined {
  const groups = VERSION.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { major, minor, micro, level, serial } = groups;
  return {
    major: Number(major),
    minor: Number(minor),
    micro: Number(micro),
    releaseLevel: level === undefined ? 'final' : (LEVELS[level] ?? 'final'),
    serial: Number(serial ?? 0),
  };
}

/** Newest first. */
export function newerFirst(one: PythonVersion, other: PythonVersion): number {
  return (
    other.major - one.major ||
    other.minor - one.minor ||
    other.micro - one.micro ||
    ORDER.indexOf(other.releaseLevel) - ORDER.indexOf(one.releaseLevel) ||
    other.serial - one.serial
  );
}
