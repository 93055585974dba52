import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Slices } from '@vivarium/core/internal';
import { systemCode } from '@vivarium/core/plugin';
import { findDistInfo, parseFields, readEntry, readMetadata, type WheelMetadata } from './metadata.ts';
import { checkRecord } from './record.ts';
import { WheelError } from './wheel-error.ts';
import { readZip } from './zip/read-zip.ts';

/** A wheel on this machine. */
export interface WheelFile {
  /** Absolute path. */
  readonly path: string;
  /** SHA-256 that the file has to have, in hexadecimal. */
  readonly sha256: string;
}

/** Where a file of a wheel goes: the keys of an install scheme (Python's `sysconfig`). */
export type Scheme = 'purelib' | 'platlib' | 'scripts' | 'headers' | 'data';

/** A file and the place of the install scheme that it goes to. */
export interface PlacedFile {
  readonly scheme: Scheme;
  /** Relative to the scheme's directory. */
  readonly path: string;
  /** Of a file of a large wheel it is unpacked each time that it is asked for. */
  readonly contents: Buffer;
  /** As its line in a RECORD has it; missing for what no RECORD was compared with. */
  readonly hash?: string;
  readonly isExecutable: boolean;
}

/** A wheel that was read and checked; its `RECORD` is left out, since an installed one is another. */
export interface WheelContents {
  readonly root: 'purelib' | 'platlib';
  /** Name of the `.dist-info` directory. */
  readonly distInfo: string;
  /** `Wheel-Version` of the format. */
  readonly format: string;
  /** What its METADATA says of itself. */
  readonly metadata: WheelMetadata;
  readonly files: readonly PlacedFile[];
}

const SCHEMES: ReadonlySet<string> = new Set<Scheme>(['purelib', 'platlib', 'scripts', 'headers', 'data']);

/**
 * Reads a wheel whole, in slices: the file against its SHA-256, each entry against the wheel's own RECORD.
 *
 * @throws WheelError
 */
export function* readWheel(wheel: WheelFile): Slices<WheelContents> {
  const bytes = readArchive(wheel.path);
  yield;
  if (createHash('sha256').update(bytes).digest('hex') !== wheel.sha256) {
    throw new WheelError(`its SHA-256 is another than ${wheel.sha256}`);
  }
  const entries = yield* readZip(bytes);
  const distInfo = findDistInfo(entries);
  const { root, format } = readFormat(readEntry(entries, `${distInfo}/WHEEL`).toString('utf8'));
  const metadata = readMetadata(entries);
  const checked = yield* checkRecord(entries, distInfo);
  const dataDirectory = distInfo.replace(/\.dist-info$/, '.data/');
  const files = entries.flatMap(({ name, isExecutable }): readonly PlacedFile[] => {
    const file = checked.get(name);
    if (file === undefined) return [];
    const place = name.startsWith(dataDirectory)
      ? placeData(name.slice(dataDirectory.length))
      : { scheme: root, path: name };
    const { hash, read } = file;
    return [
      {
        ...place,
        hash,
        get contents() {
          return read();
        },
        isExecutable: isExecutable || place.scheme === 'scripts',
      },
    ];
  });
  return { root, distInfo, format, metadata, files };
}

function readArchive(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ERR_FS_FILE_TOO_LARGE') throw error;
    throw new WheelError('it has more than 2 GiB, which is more than is read at once');
  }
}

function readFormat(text: string): Pick<WheelContents, 'root' | 'format'> {
  const fields = parseFields(text);
  const [version = ''] = fields.get('wheel-version') ?? [];
  if (!/^1\.\d+$/.test(version))
    throw new WheelError(`it is of format ${version || 'unknown'}, and 1 is what is known`);
  const isPurelib = fields.get('root-is-purelib')?.[0]?.toLowerCase() !== 'false';
  return { root: isPurelib ? 'purelib' : 'platlib', format: version };
}

function placeData(name: string): { readonly scheme: Scheme; readonly path: string } {
  const [scheme = '', ...rest] = name.split('/');
  if (!SCHEMES.has(scheme) || rest.length === 0)
    throw new WheelError(`its data directory holds \`${name}\`, of no known kind`);
  return { scheme: scheme as Scheme, path: rest.join('/') };
}
