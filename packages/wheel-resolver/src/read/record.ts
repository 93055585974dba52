import { createHash } from 'node:crypto';
import type { Slices } from '@vivarium/core/internal';
import { WheelError } from './wheel-error.ts';
import type { ZipEntry } from './zip/read-zip.ts';

/** One line of a RECORD (recording installed projects specification). */
export interface RecordLine {
  readonly path: string;
  /** `sha256=` and the digest in URL-safe base64 without padding; empty where there is none. */
  readonly hash: string;
  /** Bytes, as text; empty where it isn't said. */
  readonly size: string;
}

/** A file that is what the RECORD of its wheel says. */
export interface CheckedFile {
  /** Gives its contents. */
  read(): Buffer;
  /** As in a RECORD. */
  readonly hash: string;
}

// What is unpacked for the comparison is kept for those who write it, unless it would take up the memory of the machine.
const MAX_KEPT = 256 * 1024 * 1024;

/**
 * The file of every entry, by its name, compared with the wheel's own RECORD, which is left out (as are its signatures,
 * that are valid for it alone).
 *
 * @throws WheelError for what RECORD doesn't list, lists with another hash or lists in vain
 */
export function* checkRecord(entries: readonly ZipEntry[], distInfo: string): Slices<ReadonlyMap<string, CheckedFile>> {
  const recordName = `${distInfo}/RECORD`;
  const record = entries.find(({ name }) => name === recordName);
  if (record === undefined) throw new WheelError('it has no RECORD');
  const unlisted = new Set([recordName, `${recordName}.jws`, `${recordName}.p7s`]);
  const lines = new Map(parseRecord(record.read().toString('utf8')).map((line) => [line.path, line]));
  const contents = new Map<string, CheckedFile>();
  const keeps = entries.reduce((total, { size }) => total + size, 0) <= MAX_KEPT;
  for (const entry of entries) {
    if (unlisted.has(entry.name)) continue;
    yield;
    const bytes = entry.read();
    const line = lines.get(entry.name);
    if (line === undefined) throw new WheelError(`its RECORD does not list \`${entry.name}\``);
    if (line.hash !== hashOf(bytes, line.hash)) throw new WheelError(`\`${entry.name}\` is not what its RECORD says`);
    contents.set(entry.name, { hash: line.hash, read: keeps ? () => bytes : () => entry.read() });
  }
  for (const path of lines.keys()) {
    if (!contents.has(path) && !unlisted.has(path))
      throw new WheelError(`its RECORD lists \`${path}\`, which is missing from the archive`);
  }
  return contents;
}

/** The line for a file, with its size and the hash that it was compared with, or else its SHA-256. */
export function recordLine(
  path: string,
  { contents, hash }: { readonly contents: Buffer; readonly hash?: string | undefined },
): RecordLine {
  return { path, hash: hash ?? hashOf(contents, 'sha256'), size: String(contents.length) };
}

/** The text of a RECORD: CSV as Python's `csv` module writes it. */
export function formatRecord(lines: readonly RecordLine[]): string {
  return lines.map(({ path, hash, size }) => `${quoteField(path)},${hash},${size}\n`).join('');
}

/** Reads a RECORD; lines without a path are left out. */
export function parseRecord(text: string): readonly RecordLine[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [path = '', hash = '', size = ''] = splitFields(line);
    return path === '' ? [] : [{ path, hash, size }];
  });
}

// The format allows SHA-256 and what is stronger, and of a file without a hash nothing can be said.
function hashOf(contents: Buffer, like: string): string {
  const [algorithm = ''] = like.split('=', 1);
  if (!/^sha(256|384|512)$/.test(algorithm)) throw new WheelError(`its RECORD has a hash of the kind \`${algorithm}\``);
  return `${algorithm}=${createHash(algorithm).update(contents).digest('base64url')}`;
}

function quoteField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function splitFields(line: string): readonly string[] {
  const fields = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
  return fields.map((field) => field.replace(/,$/, '').replace(/^"(.*)"$/s, (_, text) => text.replaceAll('""', '"')));
}
