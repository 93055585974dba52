import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** What is compiled or read as data. Every other file of a package's sources is a text to be imported as it is. */
const MODULES = new Set(['.ts', '.js', '.mjs', '.cjs', '.json', '.node']);

/** Whether a file is imported as text: scripts of other languages in `packages/<name>/src`. */
export function isText(path: string): boolean {
  return /\/packages\/[^/]+\/src\//.test(path.replaceAll('\\', '/')) && !MODULES.has(extname(path));
}

/** The text that an import of the file gives, in the build as in tests. */
export function textOf(path: string): string {
  const text = readFileSync(path, 'utf8');
  const rule = ruleOf(path);
  return rule === undefined ? text : shortened(text, rule);
}

/** How an activator's script gets shorter, from `comments.json` of its package. */
interface Rule {
  /** A pattern for what begins a line that is a comment in that language and nothing more. */
  readonly line: string;
  /** How many blanks a line begins with means nothing in that language, and no string of the script spans lines. */
  readonly isIndentationFree?: boolean;
  /**
   * Words of a POSIX shell that evaluate the string after them. The lines between `#{` and `#}` become that string, since
   * a shell reads a string faster than commands. Other words, or an assignment, may be after the `#{`.
   */
  readonly evaluate?: string;
  /**
   * What the script's own names begin with, in capitals for variables, and what it becomes. Of each word after it three
   * letters stay: a shell takes time for each character that it reads.
   */
  readonly prefix?: { readonly long: string; readonly short: string };
}

function ruleOf(path: string): Rule | undefined {
  const rule = path.replace(/[\\/]src[\\/].*$/, '/comments.json');
  return existsSync(rule) ? JSON.parse(readFileSync(rule, 'utf8')) : undefined;
}

/**
 * A script as it is written into environments. Its comments are for those who read the repository: each environment would
 * have them on disk, and each shell would read them. What stays is the head, up to a line that is `#` alone.
 */
function shortened(text: string, { line, isIndentationFree = false, evaluate, prefix }: Rule): string {
  const comment = new RegExp(line, 'i');
  const lines = text.split('\n');
  const head = lines.findIndex((line) => !/^#./.test(line));
  const body = deferred(lines.slice(head), comment, evaluate)
    .filter((line) => line.trim() !== '' && !comment.test(line))
    // One blank stays: tools that move environments rewrite assignments at the beginning of a line.
    .map((line) => (isIndentationFree ? line.replace(/^\s+/, ' ') : line));
  return `${[...lines.slice(0, head), ...withShortNames(body, prefix)].join('\n')}\n`;
}

function withShortNames(lines: readonly string[], prefix: Rule['prefix']): readonly string[] {
  if (prefix === undefined) return lines;
  const longOf = new Map<string, string>();
  const shorten = (name: string, long: string, short: string): string => {
    const words = name.slice(long.length).split('_');
    // What is put together while the script runs ends with the name of a variable of the user's.
    if (words[0] === 'OLD') return name;
    const result = `${short}${words.map((word) => word.slice(0, 3)).join('')}`;
    const other = longOf.get(result) ?? name;
    if (other !== name) throw new Error(`Rename ${name} or ${other}: both become ${result}.`);
    longOf.set(result, name);
    return result;
  };
  const [long, short] = [prefix.long, prefix.short];
  const functions = new RegExp(`\\b${long}[a-z_]+`, 'g');
  const variables = new RegExp(`\\b${long.toUpperCase()}[A-Z_]+`, 'g');
  return lines.map((line) =>
    line
      .replace(functions, (name) => shorten(name, long, short))
      .replace(variables, (name) => shorten(name, long.toUpperCase(), short.toUpperCase())),
  );
}

function deferred(lines: readonly string[], comment: RegExp, evaluate: string | undefined): readonly string[] {
  const [start, end] = [lines.findIndex((line) => /^#\{/.test(line)), lines.indexOf('#}')];
  if (evaluate === undefined || start === -1 || end === -1) return lines;
  const commands = lines
    .slice(start + 1, end)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !comment.test(line));
  const misplaced = commands.find((line) => /'|__VIVARIUM_/.test(line));
  if (misplaced !== undefined) throw new Error(`Neither ' nor a placeholder may be between #{ and #}: ${misplaced}`);
  const words = lines[start]?.slice('#{ '.length) || evaluate;
  const string = `${words}${words.endsWith('=') ? '' : ' '}'${onOneLine(commands)}'`;
  return [...lines.slice(0, start), string, ...deferred(lines.slice(end + 1), comment, evaluate)];
}

/** Commands of a POSIX shell on one line: a `;` is after each line that ends a command. */
function onOneLine(lines: readonly string[]): string {
  const continues = /(?:\{|;;|\b(?:do|then|else|in)|^[^(]*\))$/;
  return lines.map((line, index) => (continues.test(line) || index === lines.length - 1 ? line : `${line};`)).join(' ');
}
