import { readSmallFile } from '../read-small-file.ts';

/**
 * The keys of a `pyvenv.cfg` (PEP 405): split at the first `=`, trimmed, lower case as CPython's `site` reads them, one
 * pair of equal quotes taken off. Lines without `=` and files that can't be read give nothing: what a damaged file says
 * is as good as unsaid.
 */
export function readConfiguration(path: string): Readonly<Record<string, string>> {
  const keys: Record<string, string> = Object.create(null);
  for (const line of readText(path).split(/\r\n|\r|\n/)) {
    const at = line.indexOf('=');
    if (at === -1) continue;
    keys[line.slice(0, at).trim().toLowerCase()] = unquote(line.slice(at + 1).trim());
  }
  return keys;
}

function readText(path: string): string {
  try {
    return readSmallFile(path, 'cut')?.text ?? '';
  } catch {
    return '';
  }
}

function unquote(value: string): string {
  const quote = value[0];
  return value.length >= 2 && (quote === '"' || quote === "'") && value.endsWith(quote) ? value.slice(1, -1) : value;
}
