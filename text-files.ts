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
  const comment = commentRuleOf(path);
  return comment === undefined ? text : withoutComments(text, comment);
}

/**
 * The rule by which an activator's script loses its comments, from `comments.json` of its package: `line`, a pattern for
 * what begins a line that is a comment in that language and nothing more.
 */
function commentRuleOf(path: string): RegExp | undefined {
  const rule = path.replace(/[\\/]src[\\/].*$/, '/comments.json');
  return existsSync(rule) ? new RegExp(JSON.parse(readFileSync(rule, 'utf8')).line, 'i') : undefined;
}

/**
 * A script as it is written into environments. Its comments are for those who read the repository: each environment would
 * have them on disk, where some 12 KB of blocks go to them. What stays is the head, up to a line that is `#` alone.
 */
function withoutComments(text: string, comment: RegExp): string {
  const lines = text.split('\n');
  const head = lines.findIndex((line) => !/^#./.test(line));
  const body = lines.slice(head).filter((line) => line.trim() !== '' && !comment.test(line));
  return `${[...lines.slice(0, head), ...body].join('\n')}\n`;
}
