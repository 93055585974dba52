import { ParseError } from '../parse-error.ts';
import { expected, isAtEnd, type Scanner, skipSpace, take } from '../scanner.ts';
import { MARKER_FIELDS, type Marker, type MarkerField, type MarkerOperand, type MarkerOperator } from './marker.ts';

/**
 * Reads an environment marker (PEP 508, as amended in January 2026): `python_version >= "3.9" and "x" in extras`. The
 * names of PEP 345 (`os.name`, `python_implementation` …) are read as those of today.
 *
 * @throws ParseError when it is none: an unknown field, a comparison of two constants, a set that is not compared by
 *   `in` or `not in`, a text with a backslash or a control character, parentheses nested more than 100 deep
 */
export function parseMarker(text: string): Marker {
  const scanner: Scanner = { text, position: 0 };
  const marker = readMarker(scanner);
  if (!isAtEnd(scanner)) throw expected(scanner, '"and", "or" or the end of the marker');
  return marker;
}

/** Reads a marker and the white space around it, as far as it goes. */
export function readMarker(scanner: Scanner): Marker {
  return readOr(scanner, 0);
}

function readOr(scanner: Scanner, depth: number): Marker {
  return readTerms(scanner, 'or', () => readTerms(scanner, 'and', () => readTerm(scanner, depth)));
}

function readTerms(scanner: Scanner, kind: 'and' | 'or', read: () => Marker): Marker {
  const first = read();
  const word = kind === 'and' ? /and\b/y : /or\b/y;
  if (take(scanner, word) === undefined) return first;
  const terms: [Marker, Marker, ...Marker[]] = [first, read()];
  while (take(scanner, word) !== undefined) terms.push(read());
  return { kind, terms };
}

const DEEPEST = 100;

function readTerm(scanner: Scanner, depth: number): Marker {
  skipSpace(scanner);
  const { position } = scanner;
  if (take(scanner, /\(/y) === undefined) return readComparison(scanner);
  if (depth === DEEPEST) throw new ParseError(`nested more than ${DEEPEST} deep`, scanner.text, position);
  const marker = readOr(scanner, depth + 1);
  if (take(scanner, /\)/y) === undefined) throw expected(scanner, '"and", "or" or ")"');
  skipSpace(scanner);
  return marker;
}

function readComparison(scanner: Scanner): Marker {
  const { text, position } = scanner;
  const left = readOperand(scanner);
  skipSpace(scanner);
  const operator = readOperator(scanner);
  skipSpace(scanner);
  const right = readOperand(scanner);
  skipSpace(scanner);
  if ('value' in left && 'value' in right) throw new ParseError('compares two constants', text, position);
  checkSets(left, operator, right, new ParseError('', text, position));
  return { kind: 'comparison', left, operator, right };
}

function checkSets(left: MarkerOperand, operator: MarkerOperator, right: MarkerOperand, place: ParseError): void {
  const set = [left, right].find((side) => 'field' in side && MARKER_FIELDS[side.field] === 'names');
  if (set === undefined || !('field' in set)) return;
  const isMembership = (operator === 'in' || operator === 'not in') && 'value' in left;
  if (isMembership) return;
  throw new ParseError(
    `${set.field} can only be used as in '"name" in ${set.field}' or '"name" not in ${set.field}'`,
    place.text,
    place.position,
  );
}

function readOperator(scanner: Scanner): MarkerOperator {
  const symbol = take(scanner, /===|~=|==|!=|<=|>=|<|>/y);
  if (symbol !== undefined) return symbol as MarkerOperator;
  if (take(scanner, /in\b/y) !== undefined) return 'in';
  if (take(scanner, /not[ \t]+in\b/y) !== undefined) return 'not in';
  throw expected(scanner, 'one of <, <=, ==, !=, >=, >, ~=, ===, in, not in');
}

// Names of PEP 345, which setuptools wrote for a time.
const OLD_NAMES: ReadonlyMap<string, MarkerField> = new Map([
  ['os.name', 'os_name'],
  ['sys.platform', 'sys_platform'],
  ['platform.version', 'platform_version'],
  ['platform.machine', 'platform_machine'],
  ['platform.python_implementation', 'platform_python_implementation'],
  ['python_implementation', 'platform_python_implementation'],
]);

function readOperand(scanner: Scanner): MarkerOperand {
  const value = readText(scanner);
  if (value !== undefined) return { value };
  const { text, position } = scanner;
  const name = take(scanner, /[A-Za-z_][A-Za-z0-9_.]*/y);
  if (name === undefined) throw expected(scanner, 'a field or a quoted text');
  const field = Object.hasOwn(MARKER_FIELDS, name) ? (name as MarkerField) : OLD_NAMES.get(name);
  if (field === undefined) throw new ParseError(`there is no field ${name}`, text, position);
  return { field };
}

// There are no escapes: a text with a single quotation mark is quoted by double ones.
function readText(scanner: Scanner): string | undefined {
  const quote = take(scanner, /["']/y);
  if (quote === undefined) return undefined;
  const value = take(scanner, quote === '"' ? /(?:[^"\\\p{Cc}]|\t)*/uy : /(?:[^'\\\p{Cc}]|\t)*/uy);
  if (take(scanner, quote === '"' ? /"/y : /'/y) === undefined) throw expected(scanner, `a closing ${quote}`);
  return value;
}
