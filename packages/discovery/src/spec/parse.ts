import { isAbsolute } from 'node:path';
import { type Spec, type VersionSpec, VivariumError } from '@vivarium/core';
import { implementationOf } from './implementation.ts';
import { isMachine, unifyMachine } from './machine.ts';
import { isRange } from './range.ts';

const SHORT =
  /^(?:(?<name>[a-z]+)(?:(?:@|-(?!(?:32|64)(?:-|$)))(?=\d))?)?(?<version>\d+(?:\.\d+){0,2})?(?<pre>(?:a|b|rc)\d+)?(?<flags>t?d?)(?<variants>(?:\+[a-z]+)*)(?:-(?<bits>32|64))?(?:-(?<machine>[a-z]\w*))?$/i;
const RANGE =
  /^(?<name>[a-z]*)\s*(?<range>[=~!<>][^+]*?)(?<variants>(?:\+[a-z]+)*)(?:-(?<bits>32|64))?(?:-(?<machine>[a-z]\w*))?$/i;
const LOOKS_LIKE_RANGE = /^[a-z]*\s*[=~!<>]/i;

/**
 * Takes apart what a user gives with `-p`. In this order it is: a path, if there is a directory separator in it; a
 * version (`3`, `3.12`, `312`, `python3.12`, `cpython3.13t`, `pypy@3.10`, `3.12-64`, `3.11-arm64`, `3.13+debug`); a PEP
 * 440 range (`>=3.9,<3.13`, `cpython>=3.12`); otherwise the name of a file, which is looked for in the working
 * directory and on `PATH`.
 *
 * @throws VivariumError `SPEC_INVALID` for an empty text and for a range that PEP 440 does not know
 */
export function parseSpec(text: string): Spec {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.includes('\0')) {
    throw invalid(text, trimmed === '' ? 'it is empty' : 'it contains a NUL character');
  }
  if (isPath(trimmed)) return { kind: 'path', text, path: trimmed };
  if (LOOKS_LIKE_RANGE.test(trimmed)) return parseRange(text, trimmed);
  return parseShort(text, trimmed) ?? { kind: 'path', text, path: trimmed };
}

function isPath(text: string): boolean {
  return isAbsolute(text) || text.includes('/') || /^(?:[a-z]:|.*\\)/i.test(text) || text === '.' || text === '..';
}

function parseShort(text: string, trimmed: string): VersionSpec | undefined {
  const groups = SHORT.exec(trimmed)?.groups;
  if (groups === undefined) return undefined;
  const { name = '', version, pre, flags = '', variants = '', bits, machine } = groups;
  const implementation = name === '' ? '' : implementationOf(name);
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
  const implementation = name === '' ? '' : implementationOf(name);
  if (implementation === undefined) throw invalid(text, `\`${name}\` is no Python implementation that is known here`);
  if (!isRange(range)) throw invalid(text, 'what follows the operator is no PEP 440 version');
  if (machine !== undefined && !isMachine(machine)) throw invalid(text, `\`${machine}\` is no machine`);
  if (!areVariants(variants)) throw invalid(text, `\`${variants}\` is none of +freethreaded, +gil, +debug`);
  return {
    kind: 'version',
    text,
    ...(implementation && { implementation }),
    range: range.replace(/\s+/g, ''),
    ...buildOf({ flags: '', variants, hasVersion: true }),
    ...placeOf(bits, machine),
  };
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

function invalid(text: string, reason: string): VivariumError {
  return new VivariumError('SPEC_INVALID', `\`${text}\` does not say which Python is wanted: ${reason}`, {
    hint: 'Give a version (3.12), a range whose parts are joined by commas (">=3.10,<3.13"), or the path of a Python.',
  });
}
