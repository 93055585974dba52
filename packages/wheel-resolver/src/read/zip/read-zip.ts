import { crc32, inflateRawSync } from 'node:zlib';
import type { Slices } from '@vivarium/core/internal';
import { WheelError } from '../wheel-error.ts';
import { checkEntryName } from './check-name.ts';
import { NameCheck } from './name-check.ts';

/** A file in a zip archive whose name has been checked. */
export interface ZipEntry {
  /** Relative, with `/` between its parts. */
  readonly name: string;
  /** Bytes once unpacked. */
  readonly size: number;
  /** One of the executable bits is set. */
  readonly isExecutable: boolean;
  /** Unpacks it. Throws a `WheelError` where its length or check sum is another than the archive says. */
  read(): Buffer;
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const MAX_BYTES = 8 * 1024 ** 3;
// What says that the true value is in the extension for large archives.
const IN_ZIP64 = { count: 0xffff, offset: 0xffffffff } as const;
const FILE_TYPE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const REGULAR = 0o100000;
const EXECUTABLE = 0o111;
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// A thousandth of a second or so.
const ENTRIES_PER_SLICE = 64;

/**
 * The files of a zip archive (PKWARE APPNOTE 6.3), in slices, directories left out. Refused are names that are unsafe
 * (`checkEntryName`), links, names that occur twice or differ by case alone, entries that overlap, what is encrypted or
 * packed in an unusual way, and more than 8 GiB of contents, which is more than any wheel has and less than fills a disk
 * at once. The extension for archives of more than 65,534 entries or 4 GiB (ZIP64) is not read.
 *
 * @throws WheelError
 */
export function* readZip(bytes: Buffer): Slices<readonly ZipEntry[]> {
  try {
    return yield* readCentral(bytes, findEnd(bytes));
  } catch (error) {
    if (error instanceof RangeError) throw new WheelError('it is truncated or not a zip archive');
    throw error;
  }
}

interface End {
  readonly count: number;
  readonly offset: number;
}

interface Central {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly mode: number;
  readonly offset: number;
}

function findEnd(bytes: Buffer): End {
  const lowest = Math.max(0, bytes.length - END_SIZE - 0xffff);
  for (let at = bytes.length - END_SIZE; at >= lowest; at -= 1) {
    if (bytes.readUInt32LE(at) !== END || at + END_SIZE + bytes.readUInt16LE(at + 20) !== bytes.length) continue;
    const count = bytes.readUInt16LE(at + 10);
    const offset = bytes.readUInt32LE(at + 16);
    if (count === IN_ZIP64.count || offset === IN_ZIP64.offset) {
      throw new WheelError('it is an archive of the ZIP64 format, for more than 65,534 entries or 4 GiB');
    }
    return { count, offset };
  }
  throw new WheelError('it is truncated or not a zip archive');
}

function* readCentral(bytes: Buffer, end: End): Slices<readonly ZipEntry[]> {
  const entries: ZipEntry[] = [];
  const spans: (readonly [start: number, end: number])[] = [];
  const names = new NameCheck();
  let total = 0;
  let at = end.offset;
  for (let index = 0; index < end.count; index += 1) {
    if (index % ENTRIES_PER_SLICE === 0) yield;
    const length = bytes.readUInt16LE(at + 28);
    const central = readHeader(bytes, at, length);
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    checkEntryName(central.name);
    checkKind(central);
    names.add(central.name);
    total += central.size;
    if (total > MAX_BYTES) throw new WheelError(`its contents are larger than ${MAX_BYTES} bytes`);
    const start = findData(bytes, central);
    spans.push([central.offset, start + central.packed]);
    if (!central.name.endsWith('/')) entries.push(makeEntry(bytes, central, start));
  }
  checkOverlaps(spans, end.offset);
  return entries;
}

function readHeader(bytes: Buffer, at: number, length: number): Central {
  if (bytes.readUInt32LE(at) !== CENTRAL) throw new WheelError('its directory is damaged');
  if ((bytes.readUInt16LE(at + 8) & 1) !== 0) throw new WheelError('it is encrypted');
  return {
    name: decodeName(bytes.subarray(at + 46, at + 46 + length)),
    method: bytes.readUInt16LE(at + 10),
    crc: bytes.readUInt32LE(at + 16),
    packed: bytes.readUInt32LE(at + 20),
    size: bytes.readUInt32LE(at + 24),
    mode: bytes.readUInt16LE(at + 40),
    offset: bytes.readUInt32LE(at + 42),
  };
}

function decodeName(bytes: Buffer): string {
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new WheelError('it holds an entry whose name is not UTF-8');
  }
}

function checkKind({ name, method, mode }: Central): void {
  const type = mode & FILE_TYPE;
  if (type === SYMBOLIC_LINK) throw new WheelError(`its entry \`${name}\` is a symbolic link`);
  if (type !== 0 && type !== REGULAR && !name.endsWith('/'))
    throw new WheelError(`its entry \`${name}\` is not a file`);
  if (method !== 0 && method !== 8)
    throw new WheelError(`its entry \`${name}\` is packed in an unknown way (${method})`);
}

// The header before the data has to name the same file: readers that go by the one or the other would differ.
function findData(bytes: Buffer, { name, offset }: Central): number {
  if (bytes.readUInt32LE(offset) !== LOCAL) throw new WheelError('its directory is damaged');
  const length = bytes.readUInt16LE(offset + 26);
  const start = offset + 30 + length + bytes.readUInt16LE(offset + 28);
  if (bytes.toString('utf8', offset + 30, offset + 30 + length) !== name) {
    throw new WheelError(`its entry \`${name}\` has two names`);
  }
  return start;
}

function makeEntry(bytes: Buffer, { name, method, crc, packed, size, mode }: Central, start: number): ZipEntry {
  return {
    name,
    size,
    isExecutable: (mode & EXECUTABLE) !== 0,
    read() {
      const contents = unpack(bytes.subarray(start, start + packed), method, size);
      if (contents?.length !== size || crc32(contents) !== crc)
        throw new WheelError(`its entry \`${name}\` is damaged`);
      return contents;
    },
  };
}

function unpack(packed: Buffer, method: number, size: number): Buffer | undefined {
  if (method === 0) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(size, 1) });
  } catch {
    return undefined;
  }
}

function checkOverlaps(spans: (readonly [start: number, end: number])[], directory: number): void {
  let last = 0;
  for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
    if (start < last || end > directory) throw new WheelError('its entries overlap');
    last = end;
  }
}
