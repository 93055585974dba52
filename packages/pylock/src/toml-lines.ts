import type { Path } from './path.ts';

/** Called with every key, table and element of a document, in its order, and the line that it begins in. */
export type Visit = (path: Path, line: number) => void;

/**
 * Walks through a TOML document that is known to be valid, for the lines of its parts, which the parser does not tell.
 * It understands no values; it only knows where they end.
 */
export function visitToml(text: string, visit: Visit): void {
  const walk: Walk = { text, position: text.startsWith('\ufeff') ? 1 : 0, line: 1, counted: 0, visit };
  const arrays = new Map<string, number>();
  let table: Path = [];
  for (;;) {
    skipBetween(walk);
    const { position } = walk;
    if (position >= text.length) return;
    if (text[position] === '[') table = header(walk, arrays);
    else keyAndValue(walk, table);
    // Only a document that is not valid stops here.
    if (walk.position === position) return;
  }
}

interface Walk {
  readonly text: string;
  position: number;
  /** The line of `counted`, up to which line breaks have been counted. */
  line: number;
  counted: number;
  readonly visit: Visit;
}

function header(walk: Walk, arrays: Map<string, number>): Path {
  const line = lineAt(walk);
  const isArray = walk.text.startsWith('[[', walk.position);
  skip(walk, /\[\[?/y);
  const keys = dottedKey(walk);
  skip(walk, /[ \t]*\]\]?/y);
  let path: Path = [];
  for (const [index, key] of keys.entries()) {
    path = [...path, key];
    const id = JSON.stringify(path);
    const count = arrays.get(id);
    const isLast = index === keys.length - 1;
    if (isLast && isArray) {
      // The array begins with its first element.
      walk.visit(path, line);
      arrays.set(id, (count ?? 0) + 1);
      path = [...path, count ?? 0];
    } else if (count !== undefined) path = [...path, count - 1];
    walk.visit(path, line);
  }
  return path;
}

function keyAndValue(walk: Walk, table: Path): void {
  const line = lineAt(walk);
  let path = table;
  for (const key of dottedKey(walk)) {
    path = [...path, key];
    walk.visit(path, line);
  }
  skip(walk, /[ \t]*=[ \t]*/y);
  value(walk, path);
}

function value(walk: Walk, path: Path): void {
  const first = walk.text[walk.position] ?? '';
  if (first === '[') elements(walk, path);
  else if (first === '{') inlineTable(walk, path);
  else if (first === '"' || first === "'") stringOf(walk);
  // Numbers, dates and booleans. A date may have a space before its time.
  else skip(walk, /[^,\]}\r\n#]+/y);
}

/** Skips white space, commas and comments. Between statements there are no commas. */
function skipBetween(walk: Walk): void {
  do skip(walk, /[ \t\r\n,]*/y);
  while (take(walk, /#[^\n]*/y) !== '');
}

function elements(walk: Walk, path: Path): void {
  skip(walk, /\[/y);
  for (let index = 0; ; index += 1) {
    skipBetween(walk);
    if (walk.position >= walk.text.length || take(walk, /\]/y) !== '') return;
    const element = [...path, index];
    walk.visit(element, lineAt(walk));
    value(walk, element);
  }
}

function inlineTable(walk: Walk, path: Path): void {
  skip(walk, /\{/y);
  for (;;) {
    skipBetween(walk);
    if (walk.position >= walk.text.length || take(walk, /\}/y) !== '') return;
    keyAndValue(walk, path);
  }
}

function dottedKey(walk: Walk): readonly string[] {
  const keys: string[] = [];
  do {
    skip(walk, /[ \t]*/y);
    const isQuoted = /["']/.test(walk.text[walk.position] ?? '');
    keys.push(isQuoted ? stringOf(walk) : take(walk, /[A-Za-z0-9_-]+/y));
    skip(walk, /[ \t]*/y);
  } while (take(walk, /\./y) !== '');
  return keys;
}

/** Reads a string of any of the four kinds. Only keys need its value, and they have one line. */
function stringOf(walk: Walk): string {
  const { text, position: start } = walk;
  const quote = text[start] ?? '"';
  const isMultiline = text.startsWith(quote.repeat(3), start);
  const delimiter = isMultiline ? quote.repeat(3) : quote;
  let end = start + delimiter.length;
  while (end < text.length && !text.startsWith(delimiter, end)) end += quote === '"' && text[end] === '\\' ? 2 : 1;
  const content = text.slice(start + delimiter.length, end);
  walk.position = end + delimiter.length;
  // Up to two quotation marks may stand before the delimiter.
  if (isMultiline) while (text[walk.position] === quote) walk.position += 1;
  return quote === '"' ? unescaped(content) : content;
}

const ESCAPES: Readonly<Record<string, string | undefined>> = {
  b: '\b',
  e: '\x1b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
};

function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g,
    (_, byte, short, long, other) => {
      const code = byte ?? short ?? long;
      return code === undefined ? (ESCAPES[other] ?? other) : String.fromCodePoint(Number.parseInt(code, 16));
    },
  );
}

function skip(walk: Walk, pattern: RegExp): void {
  take(walk, pattern);
}

function take(walk: Walk, pattern: RegExp): string {
  pattern.lastIndex = walk.position;
  const found = pattern.exec(walk.text)?.[0] ?? '';
  walk.position += found.length;
  return found;
}

function lineAt(walk: Walk): number {
  for (let at = walk.text.indexOf('\n', walk.counted); at !== -1 && at < walk.position; ) {
    walk.line += 1;
    walk.counted = at + 1;
    at = walk.text.indexOf('\n', walk.counted);
  }
  return walk.line;
}
