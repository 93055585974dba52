import { crc32, deflateRawSync } from 'node:zlib';

/** A file in an archive. Members that say what the archive claims make it possible to build one that is. */
export interface ZipFile {
  /** Written as it is, however unsafe. */
  readonly name: string;
  readonly contents: string | Uint8Array;
  /** Unix mode. @default 0o100644 */
  readonly mode?: number;
  /** The bytes that the archive claims once unpacked. */
  readonly claimedSize?: number;
  /** The check sum that the archive claims. */
  readonly claimedCrc?: number;
  /** The name in the header before the data. */
  readonly localName?: string;
  /** The number of the compression. @default 8 */
  readonly method?: number;
  /** General purpose flags. @default 0x0800 (UTF-8) */
  readonly flags?: number;
}

/** A zip archive (PKWARE APPNOTE 6.3) of these files, in this order. */
export function makeZip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const contents = Buffer.from(file.contents);
    const packed = (file.method ?? 8) === 8 ? deflateRawSync(contents) : contents;
    const local = localHeader(file, contents, packed.length);
    parts.push(local, packed);
    directory.push(centralHeader(file, contents, { packed: packed.length, offset }));
    offset += local.length + packed.length;
  }
  const central = Buffer.concat(directory);
  return Buffer.concat([...parts, central, endRecord(files.length, central.length, offset)]);
}

function localHeader(file: ZipFile, contents: Buffer, packed: number): Buffer {
  const name = Buffer.from(file.localName ?? file.name);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header.subarray(4), { file, contents, packed, nameLength: name.length });
  return Buffer.concat([header, name]);
}

function centralHeader(file: ZipFile, contents: Buffer, at: { packed: number; offset: number }): Buffer {
  const name = Buffer.from(file.name);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  // Made on Unix (3): the upper half of the attributes is a mode.
  header.writeUInt16LE((3 << 8) | 20, 4);
  writeCommon(header.subarray(6), { file, contents, packed: at.packed, nameLength: name.length });
  header.writeUInt32LE(((file.mode ?? 0o100644) << 16) >>> 0, 38);
  header.writeUInt32LE(at.offset, 42);
  return Buffer.concat([header, name]);
}

interface Common {
  readonly file: ZipFile;
  readonly contents: Buffer;
  readonly packed: number;
  readonly nameLength: number;
}

function writeCommon(header: Buffer, { file, contents, packed, nameLength }: Common): void {
  header.writeUInt16LE(20, 0);
  header.writeUInt16LE(file.flags ?? 0x0800, 2);
  header.writeUInt16LE(file.method ?? 8, 4);
  // The first of January 1980, the earliest date that the format knows.
  header.writeUInt16LE(0x0021, 8);
  header.writeUInt32LE(file.claimedCrc ?? crc32(contents), 10);
  header.writeUInt32LE(packed, 14);
  header.writeUInt32LE(file.claimedSize ?? contents.length, 18);
  header.writeUInt16LE(nameLength, 22);
}

function endRecord(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
