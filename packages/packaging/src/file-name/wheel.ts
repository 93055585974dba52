import { isValidName, normalizeName } from '../name.ts';
import { ParseError } from '../parse-error.ts';
import { parseVersion, type Version, type VersionNumber } from '../version/version.ts';

/** What the name of a wheel's file says (binary distribution format, "File name convention"). */
export interface WheelFileName {
  /** Normalized as PEP 503 has it. */
  readonly name: string;
  readonly version: Version;
  /** The build tag: its number and what follows it. A wheel without one comes before those that have one. */
  readonly build?: readonly [number: VersionNumber, rest: string];
  /** Every combination of the compressed sets: `py2.py3-none-any` gives two. */
  readonly tags: readonly string[];
}

/** Files have far fewer; a compressed set that multiplies to more is meant to take up memory. */
const MAX_TAGS = 1000;

/**
 * Takes the name of a wheel's file apart.
 *
 * @throws ParseError when it is none: another ending, number of parts or version, an empty tag, or more than 1,000 tags
 */
export function parseWheelFileName(file: string): WheelFileName {
  const parts = partsOf(file, '.whl', 'the file name of a wheel').split('-');
  if (parts.length !== 5 && parts.length !== 6) {
    throw new ParseError(`a wheel's file name has five or six parts, this one has ${parts.length}`, file, 0);
  }
  const [distribution = '', version = '', ...rest] = parts;
  const [python = '', abi = '', platform = ''] = rest.slice(-3);
  const build = rest.length === 4 ? rest[0] : undefined;
  const afterVersion = distribution.length + version.length + 2;
  return {
    name: readProject(distribution, file),
    version: readVersion(version, file, distribution.length + 1),
    ...(build !== undefined && { build: readBuild(build, file, afterVersion) }),
    tags: expandTags([python, abi, platform], file, afterVersion + (build === undefined ? 0 : build.length + 1)),
  };
}

/** What is before the ending of a file's name. */
export function partsOf(file: string, ending: string, what: string): string {
  if (!file.endsWith(ending)) throw new ParseError(`${what} ends in ${ending}`, file, file.length);
  return file.slice(0, -ending.length);
}

/** The version that a file's name contains, as the file has it. */
export function readVersion(version: string, file: string, position: number): Version {
  try {
    // White space is trimmed from versions elsewhere; a file's name has none.
    if (!/\s/.test(version)) return parseVersion(version);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
  }
  throw new ParseError(`${JSON.stringify(version)} is not a version`, file, position);
}

// Escaping leaves a single `_` for each run of `-`, `_` and `.`; older tools left `.` as it is.
function readProject(distribution: string, file: string): string {
  if (!isValidName(distribution) || distribution.includes('__')) {
    throw new ParseError(`${JSON.stringify(distribution)} is not a name of a project`, file, 0);
  }
  return normalizeName(distribution);
}

function readBuild(build: string, file: string, position: number): readonly [VersionNumber, string] {
  const digits = /^[0-9]+/.exec(build)?.[0] ?? '';
  if (digits === '') throw new ParseError('a build tag begins with a digit', file, position);
  if (digits.length > 4300) throw new ParseError('the number of the build tag is too long', file, position);
  const number = Number(digits);
  return [Number.isSafeInteger(number) ? number : BigInt(digits), build.slice(digits.length)];
}

function expandTags(sets: readonly string[], file: string, position: number): readonly string[] {
  if (!sets.every((set) => /^[a-z0-9_]+(?:\.[a-z0-9_]+)*$/i.test(set))) {
    throw new ParseError('a tag consists of letters, digits and "_"', file, position);
  }
  const [pythons = [], abis = [], platforms = []] = sets.map((set) => set.toLowerCase().split('.'));
  const count = pythons.length * abis.length * platforms.length;
  if (count > MAX_TAGS) throw new ParseError(`more than ${MAX_TAGS} tags`, file, position);
  if (count === 1) return [`${pythons[0]}-${abis[0]}-${platforms[0]}`];
  const all = pythons.flatMap((python) =>
    abis.flatMap((abi) => platforms.map((platform) => `${python}-${abi}-${platform}`)),
  );
  return [...new Set(all)];
}
