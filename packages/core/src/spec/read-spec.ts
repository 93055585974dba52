import { isAbsolute } from 'node:path';
import { VivariumError } from '../error.ts';
import { findImplementation } from '../implementations.ts';
import { isMachine, unifyMachine } from './machine.ts';
import { readKey, readRelease } from './read-key.ts';
import type { Spec, VersionSpec } from './spec.ts';

const SHORT =
  /^(?:(?<name>[a-z]+)(?:(?:@|-(?!(?:32|64)(?:-|$)))(?=\d))?)?(?<version>\d+(?:\.\d+){0,2})?(?<pre>(?:a|b|rc)\d+)?(?<flags>t?d?)(?<variants>(?:\+[a-z]+)*)(?:-(?<bits>32|64))?(?:-(?<machine>[a-z]\w*))?$/i;
const RANGE =
  /^(?<name>[a-z]*)\s*(?<range>[=~!<>][^+]*?)(?<variants>(?:\+[a-z]+)*)(?:-(?<bits>32|64))?(?:-(?<machine>[a-z]\w*))?$/i;
const LOOKS_LIKE_RANGE = /^[a-z]*\s*[=~!<>]/i;

/**
 * Takes apart what a user gives with `-p`. In this order it is: a path, if there is a separator of directories in it; a
 * version (`3`, `3.12`, `312`, `python3.12`, `cpython3.13t`, `pypy@3.10`, `3.12-64`, `3.11-arm64`, `3.13+debug`), also as
 * uv and pyenv write it (`cpython-3.12.1-linux-x86_64-gnu`, `pypy3.9-7.3.11`); a PEP 440 range (`>=3.9,<3.13`,
 * `cpython>=3.12`); otherwise the name of a file, which is looked for in the cwd and on `PATH`.
 *
 * Whether PEP 440 knows the range is left to whatever compares it.
 *
 * @throws VivariumError `SPEC_INVALID` for an empty text and for a range with a name or a build that is not known
 */
export function readSpec(text: string): Spec {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.includes('\0')) {
    throw invalidSpec(text, trimmed === '' ? 'it is empty' : 'it contains a NUL character');
  }
  if (isPathText(trimmed)) return { kind: 'path', text, path: trimmed };
  if (LOOKS_LIKE_RANGE.test(trimmed)) return parseRange(text, trimmed);
  const { version, rest } = readKey(trimmed) ?? readRelease(trimmed) ?? { version: trimmed };
  const short = parseShort(text, version);
  return short === undefined ? { kind: 'path', text, path: trimmed } : { ...short, ...rest };
}

/** Whether a spec is a path by its form, whatever is there; a bare name is none. */
export function isPathText(text: string): boolean {
  return isAbsolute(text) || text.includes('/') || /^(?:[a-z]:|.*\\)/i.test(text) || text === '.' || text === '..';
}

function parseShort(text: string, trimmed: string): VersionSpec | undefined {
  const groups = SHORT.exec(trimmed)?.groups;
  if (groups === undefined) return undefined;
  const { name = '', version, pre, flags = '', variants = '', bits, machine } = groups;
  const implementation = implementationOf(name);
  if (implementation === undefined) return undefined;
  if (version === undefined && (pre !== undefined || flags !== '')) return undefined;
  if (machine !== undefined && !isMachine(machine)) return undefined;
  if (!areVariants(variants)) return undefined;
  const numbers = version === undefined ? {} : numbersOf(version);
  if (numbers === undefined) return undefined;
  return {
    kind: 'version',
    text,
    ...(implementation && { implementation }),
    ...(pre === undefined ? numbers : { range: `==${version}${pre.toLowerCase()}` }),
    ...buildOf({ flags: flags.toLowerCase(), variants, hasVersion: version !== undefined }),
    ...placeOf(bits, machine),
  };
}

function parseRange(text: string, trimmed: string): VersionSpec {
  const { name = '', range = '', variants = '', bits, machine } = RANGE.exec(trimmed)?.groups ?? {};
  const implementation = implementationOf(name);
  if (implementation === undefined) throw invalidSpec(text, `\`${name}\` is not a known Python implementation`);
  if (machine !== undefined && !isMachine(machine)) throw invalidSpec(text, `\`${machine}\` is not a machine`);
  if (!areVariants(variants)) throw invalidSpec(text, `\`${variants}\` is none of +freethreaded, +gil, +debug`);
  return {
    kind: 'version',
    text,
    ...(implementation && { implementation }),
    range: range.replace(/\s+/g, ''),
    ...buildOf({ flags: '', variants, hasVersion: true }),
    ...placeOf(bits, machine),
  };
}

/**
 * The name that implementations are compared by; an empty text for `py` and `python`, which stand for any. `undefined`
 * for a word that names no implementation, so that it may be the name of a file.
 */
function implementationOf(word: string): string | undefined {
  return /^(?:py|python)?$/i.test(word) ? '' : findImplementation(word);
}

/** `312` is how file names and tags write 3.12: the first digit is the major version. */
function numbersOf(version: string): Pick<VersionSpec, 'major' | 'minor' | 'micro'> | undefined {
  const parts = version.split('.').map(Number);
  if (parts.some((part) => !Number.isSafeInteger(part))) return undefined;
  const [major = 0, minor, micro] =
    parts.length === 1 && version.length > 1 ? [Number(version[0]), Number(version.slice(1))] : parts;
  return { major, ...(minor !== undefined && { minor }), ...(micro !== undefined && { micro }) };
}

const VARIANTS: readonly string[] = ['+freethreaded', '+gil', '+debug'];

function areVariants(variants: string): boolean {
  return (variants.match(/\+[a-z]+/gi) ?? []).every((variant) => VARIANTS.includes(variant.toLowerCase()));
}

interface Build {
  readonly flags: string;
  readonly variants: string;
  readonly hasVersion: boolean;
}

/** A version without `t` asks for a build with the global interpreter lock; without a version either will do. */
function buildOf({ flags, variants, hasVersion }: Build): Pick<VersionSpec, 'isFreeThreaded' | 'isDebug'> {
  const lower = variants.toLowerCase();
  const isFreeThreaded = flags.includes('t') || lower.includes('+freethreaded');
  const isDebug = flags.includes('d') || lower.includes('+debug');
  return {
    ...((isFreeThreaded || hasVersion || lower.includes('+gil')) && { isFreeThreaded }),
    ...(isDebug && { isDebug }),
  };
}

function placeOf(bits: string | undefined, machine: string | undefined): Pick<VersionSpec, 'bits' | 'machine'> {
  return {
    ...(bits !== undefined && { bits: bits === '32' ? 32 : 64 }),
    ...(machine !== undefined && { machine: unifyMachine(machine) }),
  };
}

/** The error for a text that says nothing about a Python. @param reason completes "it does not say …, because" */
export function invalidSpec(text: string, reason: string): VivariumError {
  return new VivariumError('SPEC_INVALID', `\`${text}\` does not say which Python is wanted: ${reason}`, {
    hint: 'Give a version (3.12), a range whose parts are joined by commas (">=3.10,<3.13"), or the path of a Python.',
  });
}
