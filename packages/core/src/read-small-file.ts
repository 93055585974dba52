import { closeSync, constants, existsSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { systemCode, VivariumError } from './error.ts';

/** No file that is read so is anywhere near it: configuration, `pyvenv.cfg`, `.python-version`. */
const MAX_BYTES = 4 * 1024 * 1024;

/** What opening says where there is nothing to read, for whatever reason: not there, not reachable, not allowed. */
const NOT_THERE = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'ELOOP',
  'ENAMETOOLONG',
  'ENXIO',
  'ENODEV',
  'EISDIR',
]);

/** A small file, as it was when it was open. */
export interface SmallFile {
  readonly text: string;
  /** The owner's user number; 0 on Windows. */
  readonly uid: number;
}

/**
 * Reads a small text file, and never waits for one: a FIFO, a socket or a device in its place is not a file, whatever
 * would be read from it. UTF-8, or UTF-16 with a byte order mark, which is taken off.
 *
 * @param tooLarge what to do with a file of more than 4 MiB: refuse it, or read no more than that
 * @returns `undefined` where no regular file can be read
 * @throws VivariumError `FILE_SIZE_INVALID`, and what the system says of a disk that can't be read
 */
export function readSmallFile(path: string, tooLarge: 'refuse' | 'cut' = 'refuse'): SmallFile | undefined {
  // Most of the files that are asked for don't exist, and to throw and catch takes longer than to look.
  const file = existsSync(path) ? open(path) : undefined;
  if (file === undefined) return undefined;
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return undefined;
    const bytes = readUpTo(MAX_BYTES + 1, file, stats);
    if (bytes.length > MAX_BYTES && tooLarge === 'refuse') throw sizeError(path);
    return { text: decode(bytes), uid: stats.uid };
  } finally {
    closeSync(file);
  }
}

function open(path: string): number | undefined {
  // Without waiting for a writer, and without a terminal becoming that of this process; Windows has neither.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0 } = constants;
  try {
    return openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  } catch (error) {
    if (NOT_THERE.has(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

// Files in /proc have no size, and give what they have in parts.
function readUpTo(limit: number, file: number, { size }: Stats): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  while (total < limit) {
    const chunk = Buffer.allocUnsafe(Math.min(Math.max(size + 1, 4096), limit - total));
    const count = readSync(file, chunk);
    chunks.push(chunk.subarray(0, count));
    total += count;
    if (count === 0 || (size > 0 && count < chunk.length)) break;
  }
  return Buffer.concat(chunks, total);
}

function sizeError(path: string): VivariumError {
  return new VivariumError('FILE_SIZE_INVALID', `${path} has more than ${MAX_BYTES / 1024 / 1024} MiB`, {
    hint: 'A file of this kind is small; this is probably another one.',
  });
}

function decode(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('latin1');
  const even = bytes.subarray(2, bytes.length - (bytes.length % 2));
  if (mark === '\xff\xfe') return even.toString('utf16le');
  if (mark === '\xfe\xff') return Buffer.from(even).swap16().toString('utf16le');
  return bytes.toString('utf8').replace(/^\ufeff/, '');
}
