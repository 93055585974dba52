import { shebang } from '@vivarium/environment-layout';
import { startOf } from './first-line.ts';
import type { Prefixes } from './prefixes.ts';

/**
 * A script whose first line names the Python of the environment, with the new place in it: as a first line, or as a
 * script of the shell that starts Python where a first line cannot express the path (pip, distlib, uv and vivarium write
 * both).
 *
 * @returns `undefined` where the script is started by something else
 */
export function rewriteFirstLine(text: string, prefixes: Prefixes): string | undefined {
  const start = startOf(text);
  const from = start && prefixes.from.find((prefix) => start.program.startsWith(`${prefix}/`));
  if (start === undefined || from === undefined) return undefined;
  const { program, options, length } = start;
  const lines = shebang(prefixes.to + program.slice(from.length), prefixes.python, options.join(' '));
  return [...lines, text.slice(length)].join('\n');
}
