import { ParseError } from '../parse-error.ts';
import { expected, isAtEnd, type Scanner, skipSpace, take } from '../scanner.ts';
import { parseVersion, type Version } from '../version/version.ts';

/** The operators of version specifiers. */
export type Operator = '===' | '~=' | '==' | '!=' | '<=' | '>=' | '<' | '>';

/** One clause of a version specifier. */
export interface Specifier {
  readonly operator: Operator;
  /** What follows the operator, as it is written and without `.*`. `===` compares this text. */
  readonly text: string;
  /** The version; only `===` can do without. */
  readonly version?: Version;
  /** The text ended in `.*`: every version that begins so is meant. */
  readonly isPrefix: boolean;
}

/**
 * Reads the clauses of a version specifier (PEP 440): `>=1.0, !=1.3.*, <2`. None at all fits every version.
 *
 * @throws ParseError when a clause is none, or its operator can not be used with its version
 */
export function parseSpecifiers(text: string): readonly Specifier[] {
  const scanner: Scanner = { text, position: 0 };
  const specifiers = readSpecifiers(scanner);
  if (!isAtEnd(scanner)) throw expected(scanner, specifiers.length > 0 ? '"," or the end' : 'an operator');
  return specifiers;
}

/** Reads clauses and the white space around them, as far as they go. Empty ones between commas are ignored. */
export function readSpecifiers(scanner: Scanner): readonly Specifier[] {
  const specifiers: Specifier[] = [];
  skipSpace(scanner);
  for (;;) {
    const specifier = readSpecifier(scanner);
    if (specifier !== undefined) specifiers.push(specifier);
    skipSpace(scanner);
    if (take(scanner, /,/y) === undefined) return specifiers;
    skipSpace(scanner);
  }
}

/** The clauses as one text, in their order. */
export function formatSpecifiers(specifiers: readonly Specifier[]): string {
  return specifiers.map(({ operator, text, isPrefix }) => `${operator}${text}${isPrefix ? '.*' : ''}`).join(',');
}

function readSpecifier(scanner: Scanner): Specifier | undefined {
  const operator = take(scanner, /===|~=|==|!=|<=|>=|<|>/y) as Operator | undefined;
  if (operator === undefined) return undefined;
  skipSpace(scanner);
  const { text: whole, position } = scanner;
  const written = take(scanner, operator === '===' ? /[^\s,;()]+/y : /[a-z0-9.!+*_-]+/iy);
  if (written === undefined) throw expected(scanner, `a version after "${operator}"`);
  if (operator === '===') return { operator, text: written, isPrefix: false, ...versionIn(written) };
  const isPrefix = written.endsWith('.*');
  const text = isPrefix ? written.slice(0, -2) : written;
  const version = readVersion(text, whole, position);
  const problem = problemOf(operator, version, isPrefix);
  if (problem !== undefined) throw new ParseError(problem, whole, position);
  return { operator, text, version, isPrefix };
}

function versionIn(text: string): { version?: Version } {
  try {
    return { version: parseVersion(text) };
  } catch {
    return {};
  }
}

function readVersion(text: string, whole: string, offset: number): Version {
  try {
    return parseVersion(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const problem = error.message.slice(0, error.message.indexOf(', at position '));
    throw new ParseError(problem, whole, offset + error.position);
  }
}

function problemOf(operator: Operator, version: Version, isPrefix: boolean): string | undefined {
  const isEquality = operator === '==' || operator === '!=';
  if (isPrefix && !isEquality) return `".*" can only follow "==" and "!=", not "${operator}"`;
  const { pre, post, dev, local, release } = version;
  if (isPrefix && (pre ?? post ?? dev ?? local) !== undefined) return '".*" can only follow a release, as in "1.2.*"';
  if (local !== undefined && !isEquality) return `a local version can not be compared with "${operator}"`;
  if (operator === '~=' && release.length < 2) return '"~=" needs a release of two numbers, as in "~=1.2"';
  return undefined;
}
