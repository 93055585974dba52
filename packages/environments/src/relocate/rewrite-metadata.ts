import { posix, win32 } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Prefixes } from './prefixes.ts';

/** The lines of a `.pth` or `.egg-link` file that are paths below the old place, with the new one. */
export function rewritePathLines(text: string, prefixes: Prefixes): string {
  return text
    .split('\n')
    .map((line) => replacePrefix(line, prefixes) ?? line)
    .join('\n');
}

/** The address in a `direct_url.json` (PEP 610), where it is a file below the old place. */
export function rewriteDirectUrl(text: string, { from, to }: Prefixes): string {
  let result = text;
  for (const prefix of from) {
    const old = pathToFileURL(prefix).href;
    for (const end of ['"', '/', '#'])
      result = result.replaceAll(`"${old}${end}`, () => `"${pathToFileURL(to).href}${end}`);
  }
  return result;
}

/** The places in a module that setuptools writes for an editable installation: literals of Python. */
export function rewriteEditableFinder(text: string, { from, to }: Prefixes): string {
  let result = text;
  for (const prefix of from) {
    for (const end of ["'", '/']) {
      const [old, moved] = [prefix, to].map((place) => pythonLiteral(place).slice(0, -1) + end);
      result = result.replaceAll(old as string, () => moved as string);
    }
  }
  return result;
}

/** A literal of Python, for a text without control characters. */
export function pythonLiteral(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** The value of `command` in a `pyvenv.cfg`, where it ends with the old place. */
export function rewriteConfiguration(text: string, { from, to }: Prefixes): string {
  return text.replace(/^[ \t]*command[ \t]*=.*$/gm, (line) => {
    const prefix = from.find((each) => line.endsWith(` ${each}`));
    return prefix === undefined ? line : line.slice(0, -prefix.length) + to;
  });
}

/** A path that is below the old place, or is it, at the new one; `undefined` for any other. */
export function replacePrefix(path: string, { from, to, os }: Prefixes): string | undefined {
  const { sep } = os === 'nt' ? win32 : posix;
  const text = path.replace(/\r$/, '');
  const prefix = from.find((each) => text === each || text.startsWith(each + sep) || text.startsWith(`${each}/`));
  return prefix === undefined ? undefined : to + path.slice(prefix.length);
}
