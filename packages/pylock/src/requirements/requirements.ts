import {
  fieldsOf,
  formatMarker,
  type MarkerField,
  normalizeName,
  ParseError,
  parseRequirement,
  type Requirement,
} from '@vivarium/packaging';
import { digestProblem, HASH_ALGORITHMS } from '../hashes.ts';
import type { IndexSource, LockedPackage, LockOrigin, LockWarning, Pylock } from '../lock.ts';
import { LockError } from '../lock-error.ts';
import type { ReadLock, TextOptions } from '../read/pylock.ts';
import { type LogicalLine, logicalLines } from './lines.ts';

/**
 * Reads a requirements file in which everything is pinned with `==` and hashed, as `pip-compile --generate-hashes` and
 * `uv pip compile --generate-hashes` write it, into a lock. What else pip reads in such files is refused: URLs, editable
 * requirements, other files (`-r`, `-c`), and options that change what is installed.
 *
 * @throws LockError `LOCK_INVALID`, `LOCK_SYNTAX` or `LOCK_UNSUPPORTED`, with the line
 */
export function parseRequirements(
  content: string | Uint8Array,
  { file }: Omit<TextOptions, 'isRemote'> = {},
): ReadLock {
  const named = file === undefined ? {} : { file };
  const origin: LockOrigin = { format: 'requirements', ...named, text: decode(content, named) };
  const packages: LockedPackage[] = [];
  const warnings: LockWarning[] = [];
  let index: string | undefined;
  for (const line of logicalLines(origin.text)) {
    const place: Place = { origin, line: line.line };
    if (!line.text.startsWith('-')) {
      packages.push(readRequirement(line, place));
      continue;
    }
    const option = readOption(line, place);
    if (option.index !== undefined) index = option.index;
    if (option.warning !== undefined) warnings.push({ path: '', line: line.line, message: option.warning });
  }
  const lock: Pylock = {
    lockVersion: '1.0',
    createdBy: 'requirements',
    extras: [],
    dependencyGroups: [],
    defaultGroups: [],
    packages: index === undefined ? packages : packages.map((locked) => ({ ...locked, index })),
    origin,
  };
  return { lock, warnings };
}

interface Place {
  readonly origin: LockOrigin;
  readonly line: number;
}

function decode(content: string | Uint8Array, named: { readonly file?: string }): string {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch (cause) {
    const origin: LockOrigin = { format: 'requirements', ...named, text: '' };
    throw new LockError('LOCK_SYNTAX', 'the file is not UTF-8', { origin, cause, line: 1 });
  }
}

function readRequirement({ text }: LogicalLine, place: Place): LockedPackage {
  const [written = '', ...options] = text.split(/\s(?=--?[A-Za-z])/);
  const requirement = parse(written.trim(), place);
  const { name, marker } = requirement;
  if (requirement.url !== undefined) {
    throw new LockError('LOCK_UNSUPPORTED', `${name} is a URL, and only versions can be pinned by a hash`, place);
  }
  const foreign = marker === undefined ? undefined : [...fieldsOf(marker)].find((field) => SETS.includes(field));
  if (foreign !== undefined)
    throw new LockError('LOCK_INVALID', `the marker of ${name} can not name ${foreign}`, place);
  return {
    name: normalizeName(name),
    version: pinnedVersion(requirement, place),
    ...(marker !== undefined && { marker: formatMarker(marker) }),
    source: { kind: 'index', hashes: readHashes(name, options, place) },
  };
}

const SETS: readonly MarkerField[] = ['extra', 'extras', 'dependency_groups'];

function parse(text: string, place: Place): Requirement {
  if (text.includes('${')) throw new LockError('LOCK_UNSUPPORTED', 'environment variables are not replaced', place);
  try {
    return parseRequirement(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new LockError('LOCK_INVALID', `not a requirement: ${error.message}`, { ...place, cause: error });
  }
}

function pinnedVersion({ name, specifiers }: Requirement, place: Place): string {
  const [only, another] = specifiers;
  const isPinned = only !== undefined && another === undefined && !only.isPrefix && /^={2,3}$/.test(only.operator);
  if (!isPinned || only.version === undefined) {
    throw new LockError('LOCK_INVALID', `${name} is not pinned to one version with "=="`, place);
  }
  return only.text;
}

function readHashes(name: string, options: readonly string[], place: Place): IndexSource['hashes'] {
  const hashes = options.map((option) => {
    const [, value] = /^--hash(?:=|\s+)(\S+)$/.exec(option.trim()) ?? [];
    if (value === undefined) throw new LockError('LOCK_UNSUPPORTED', `${name} has the option ${option.trim()}`, place);
    const [algorithm = '', digest = ''] = splitOnce(value);
    if (!HASH_ALGORITHMS.get(algorithm)?.isSecure) {
      throw new LockError(
        'LOCK_INVALID',
        `${name} has a hash that is not of sha256, sha384 or sha512: ${value}`,
        place,
      );
    }
    const problem = digestProblem(algorithm, digest);
    if (problem !== undefined) throw new LockError('LOCK_INVALID', `${name}: ${problem}`, place);
    return { algorithm, digest: digest.toLowerCase() };
  });
  if (hashes.length === 0) throw new LockError('LOCK_INVALID', `${name} has no --hash`, place);
  return hashes;
}

function splitOnce(value: string): readonly string[] {
  const colon = value.indexOf(':');
  return colon === -1 ? [value] : [value.slice(0, colon), value.slice(colon + 1)];
}

interface OptionEffect {
  readonly index?: string;
  readonly warning?: string;
}

/** Options that have no influence on what a pinned and hashed requirement is. */
const WITHOUT_EFFECT: readonly string[] = ['--require-hashes', '--pre', '--prefer-binary', '--no-require-hashes'];

/** Options that say where pip looks, which this file's reader does not decide. */
const SUPPLY: readonly string[] = [
  '--extra-index-url',
  '--no-index',
  '--find-links',
  '-f',
  '--trusted-host',
  '--no-binary',
  '--only-binary',
  '--use-feature',
];

function readOption({ text }: LogicalLine, place: Place): OptionEffect {
  const option = /^--?[A-Za-z-]+/.exec(text)?.[0] ?? '';
  const rest = text.slice(option.length);
  const value = /^[=\s]/.test(rest) ? rest.slice(1).trim() : undefined;
  if (WITHOUT_EFFECT.includes(option)) return {};
  if (option === '-i' || option === '--index-url') {
    if (!value) throw new LockError('LOCK_INVALID', `${option} has no value`, place);
    return { index: value };
  }
  if (SUPPLY.includes(option)) return { warning: `${option} is ignored: where files are looked for is set elsewhere` };
  throw new LockError('LOCK_UNSUPPORTED', `${text.slice(0, 100)} can not be part of a lock`, place);
}
