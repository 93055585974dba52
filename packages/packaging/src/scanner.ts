import { ParseError } from './parse-error.ts';

/** A text and how far it was read. Each pattern is sticky, so that reading is one pass from left to right. */
export interface Scanner {
  readonly text: string;
  position: number;
}

/** Reads what `pattern`, a sticky one, matches at the position; `undefined` leaves the position where it is. */
export function take(scanner: Scanner, pattern: RegExp): string | undefined {
  pattern.lastIndex = scanner.position;
  const found = pattern.exec(scanner.text)?.[0];
  if (found !== undefined) scanner.position += found.length;
  return found;
}

/** Skips spaces and tabs, which is all the white space that the grammar of requirements has. */
export function skipSpace(scanner: Scanner): boolean {
  return take(scanner, /[ \t]+/y) !== undefined;
}

export function isAtEnd(scanner: Scanner): boolean {
  return scanner.position >= scanner.text.length;
}

/** The error that something else was expected at the position. */
export function expected(scanner: Scanner, what: string): ParseError {
  const found = isAtEnd(scanner) ? 'the text ends' : `found ${JSON.stringify(characterAt(scanner))}`;
  return new ParseError(`expected ${what}, but ${found}`, scanner.text, scanner.position);
}

function characterAt({ text, position }: Scanner): string {
  return String.fromCodePoint(text.codePointAt(position) ?? 0);
}
