import { formatMarker } from '../marker/format.ts';
import type { Marker } from '../marker/marker.ts';
import { readMarker } from '../marker/parse.ts';
import { expected, isAtEnd, type Scanner, skipSpace, take } from '../scanner.ts';
import { formatSpecifiers, readSpecifiers, type Specifier } from '../specifier/parse.ts';

/** A requirement as PEP 508 defines it: `requests[security] >= 2.8.1; python_version < "3.7"`. */
export interface Requirement {
  /** As it is written. */
  readonly name: string;
  /** As they are written. */
  readonly extras: readonly string[];
  /** Empty for any version, and where there is a URL. */
  readonly specifiers: readonly Specifier[];
  /** Where it is to be taken from, for `name @ URL`; not checked further. */
  readonly url?: string;
  readonly marker?: Marker;
}

/**
 * Reads a requirement.
 *
 * @throws ParseError when it is none
 */
export function parseRequirement(text: string): Requirement {
  const scanner: Scanner = { text, position: 0 };
  skipSpace(scanner);
  const name = readName(scanner, 'the name of a project');
  skipSpace(scanner);
  const extras = readExtras(scanner);
  skipSpace(scanner);
  if (take(scanner, /@/y) !== undefined) return { name, extras, specifiers: [], ...readUrl(scanner) };
  const specifiers = readVersions(scanner);
  const marker = readMarkerAfter(scanner, '";" or the end');
  return { name, extras, specifiers, ...marker };
}

/** The requirement as a text that {@link parseRequirement} reads as the same value. */
export function formatRequirement({ name, extras, specifiers, url, marker }: Requirement): string {
  const asked = extras.length === 0 ? name : `${name}[${extras.join(',')}]`;
  const source = url === undefined ? formatSpecifiers(specifiers) : ` @ ${url}`;
  // The space keeps the semicolon out of a URL.
  const condition = marker === undefined ? '' : `${url === undefined ? '' : ' '}; ${formatMarker(marker)}`;
  return `${asked}${source}${condition}`;
}

function readName(scanner: Scanner, what: string): string {
  const name = take(scanner, /[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?/iy);
  if (name === undefined) throw expected(scanner, what);
  return name;
}

function readExtras(scanner: Scanner): readonly string[] {
  if (take(scanner, /\[/y) === undefined) return [];
  skipSpace(scanner);
  if (take(scanner, /\]/y) !== undefined) return [];
  const extras: string[] = [];
  do {
    skipSpace(scanner);
    extras.push(readName(scanner, 'the name of an extra'));
    skipSpace(scanner);
  } while (take(scanner, /,/y) !== undefined);
  if (take(scanner, /\]/y) === undefined) throw expected(scanner, '"," or "]"');
  return extras;
}

function readVersions(scanner: Scanner): readonly Specifier[] {
  if (take(scanner, /\(/y) === undefined) {
    // A comma before the first clause is a mistake here, if none in a specifier of its own.
    return /[=<>!~]/.test(scanner.text[scanner.position] ?? '') ? readSpecifiers(scanner) : [];
  }
  const specifiers = readSpecifiers(scanner);
  if (take(scanner, /\)/y) === undefined) throw expected(scanner, '"," or ")"');
  return specifiers;
}

function readUrl(scanner: Scanner): Pick<Requirement, 'url' | 'marker'> {
  skipSpace(scanner);
  const url = take(scanner, /[^ \t]+/y);
  if (url === undefined) throw expected(scanner, 'a URL after "@"');
  return { url, ...readMarkerAfter(scanner, '";" or the end after the URL') };
}

function readMarkerAfter(scanner: Scanner, what: string): Pick<Requirement, 'marker'> {
  skipSpace(scanner);
  if (isAtEnd(scanner)) return {};
  if (take(scanner, /;/y) === undefined) throw expected(scanner, what);
  const marker = readMarker(scanner);
  if (!isAtEnd(scanner)) throw expected(scanner, '"and", "or" or the end of the marker');
  return { marker };
}
