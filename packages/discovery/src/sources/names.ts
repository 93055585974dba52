import { implementationEntries } from '@vivarium/core/internal';
import type { VersionSpec } from '@vivarium/core/plugin';

/**
 * The names that an executable for a spec usually has, the most telling first: `python3.12`, `python3`, `python`. No
 * spec means Python 3.
 */
export function usualNames(spec: VersionSpec | undefined): readonly string[] {
  const { implementation, major = 3, minor, micro, isFreeThreaded, isDebug, text = '' } = spec ?? {};
  const versions = [
    ...(minor === undefined || micro === undefined ? [] : [`${major}.${minor}.${micro}`]),
    ...(minor === undefined ? [] : [`${major}.${minor}`]),
    `${major}`,
    '',
  ];
  const typed = /^[a-z][\w.-]*$/i.test(text) ? [text] : [];
  const flags = isFreeThreaded ? ['t', ''] : [''];
  const debug = isDebug ? ['d', '-dbg', '_d', ''] : [''];
  const words = implementation === undefined || implementation === 'cpython' ? ['python'] : [implementation, 'python'];
  const names = words.flatMap((word) =>
    versions.flatMap((version) =>
      (version ? flags : ['']).flatMap((t) => debug.map((d) => `${word}${version}${t}${d}`)),
    ),
  );
  return [...new Set([...typed, ...names])];
}

/** A file name taken apart: `pypy3.10`, `Python3.13t.exe`, `python3.11-dbg`. */
export interface ExecutableName {
  readonly name: string;
  readonly word: string;
  readonly version: readonly number[];
}

const WORDS = implementationEntries
  .flatMap(([, { executables }]) => executables)
  // Those with a `w` have no console on Windows, and give no answer.
  .filter((word) => !word.endsWith('w'));
const NAME = new RegExp(
  `^(?<word>${WORDS.join('|')})(?<version>\\d(?:\\.\\d+){0,2})?t?(?:d|_d|-dbg)?(?<exe>\\.exe)?$`,
  'i',
);

/** The names in a directory that executables of Python have, newest version first, then by name. */
export function executableNames(names: readonly string[], platform: NodeJS.Platform): readonly ExecutableName[] {
  const found: ExecutableName[] = [];
  for (const name of names) {
    const groups = NAME.exec(name)?.groups;
    if (groups === undefined || (groups.exe !== undefined) !== (platform === 'win32')) continue;
    const version = groups.version?.split('.').map(Number) ?? [];
    found.push({ name, word: groups.word?.toLowerCase() ?? '', version });
  }
  return found.sort(newestFirst);
}

/** Whether a file of this name may be what a spec asks for. A name that says nothing of it may. */
export function mayFit(name: ExecutableName, spec: VersionSpec | undefined): boolean {
  return (name.word === 'python' || name.word === spec?.implementation) && mayBeVersion(name, spec);
}

/** Whether the digits in a name allow for the version that a spec asks for. */
export function mayBeVersion({ version }: ExecutableName, spec: VersionSpec | undefined): boolean {
  const asked = [spec === undefined ? 3 : spec.major, spec?.minor, spec?.micro];
  return version.every((part, index) => asked[index] === undefined || asked[index] === part);
}

function newestFirst(one: ExecutableName, other: ExecutableName): number {
  for (let index = 0; index < 3; index += 1) {
    const difference = (other.version[index] ?? -1) - (one.version[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return one.name < other.name ? -1 : 1;
}
