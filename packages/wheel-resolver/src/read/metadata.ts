import { WheelError } from './wheel-error.ts';
import type { ZipEntry } from './zip/read-zip.ts';

/** The fields of a wheel's `METADATA` that choosing it needs. */
export interface WheelMetadata {
  readonly name: string;
  readonly version: string;
  /** `Requires-Python`; empty when there is none. */
  readonly requiresPython: string;
  /** `Requires-Dist` (PEP 508), those of extras left out. */
  readonly requires: readonly string[];
}

/** The name of the one `.dist-info` directory at the top of a wheel. */
export function findDistInfo(entries: readonly ZipEntry[]): string {
  const directories = new Set(
    entries.map(({ name }) => name.split('/')[0] ?? '').filter((top) => top.endsWith('.dist-info')),
  );
  const [directory] = directories;
  if (directory === undefined || directories.size > 1)
    throw new WheelError('it has not exactly one .dist-info directory');
  return directory;
}

/** Reads a file that every wheel has. */
export function readEntry(entries: readonly ZipEntry[], name: string): Buffer {
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) throw new WheelError(`it has no ${name}`);
  return entry.read();
}

/** Reads the metadata out of the entries of a wheel. */
export function readMetadata(entries: readonly ZipEntry[]): WheelMetadata {
  const fields = parseFields(readEntry(entries, `${findDistInfo(entries)}/METADATA`).toString('utf8'));
  const [name] = fields.get('name') ?? [];
  const [version] = fields.get('version') ?? [];
  if (!name || !version) throw new WheelError('its METADATA has no name or no version');
  const requires = (fields.get('requires-dist') ?? []).filter((text) => !isOfExtra(text));
  return { name, version, requiresPython: (fields.get('requires-python')?.[0] ?? '').replaceAll(' ', ''), requires };
}

/** The fields of a file in the form of e-mail headers, by their names in lower case; the text after them is left out. */
export function parseFields(text: string): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, string[]>();
  const [head = ''] = text.replaceAll('\r\n', '\n').split('\n\n', 1);
  for (const line of head.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return fields;
}

function isOfExtra(requirement: string): boolean {
  const at = requirement.indexOf(';');
  return at !== -1 && /\bextra\b/.test(requirement.slice(at));
}
