import { realpathSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readSmallFile } from '@vivarium/core/internal';
import { buildName, type ManifestBuild } from '../manifest/manifest.ts';
import { platforms } from '../manifest/platforms.ts';
import { readVersion } from '../manifest/version.ts';

/** The name of the file in each managed Python that says what it is. */
export const RECEIPT = 'vivarium-python.json';

/** What a managed Python is and where it came from: the facts of the manifest, and what was done with them. */
export interface Receipt extends Pick<ManifestBuild, 'version' | 'build' | 'platform' | 'freeThreaded' | 'sha256'> {
  readonly format: 1;
  readonly implementation: 'cpython';
  /** Bytes of the archive. */
  readonly size: number;
  /** Where the archive was taken from, without credentials: an address, or an absolute path. */
  readonly source: string;
  /** SPDX. */
  readonly license: string;
  /** The text of the license, relative to the directory of the Python. */
  readonly licenseFile?: string;
  /** Relative to the directory of the Python, written with `/`. */
  readonly executable: string;
}

/** What has one link: the builds of a minor version for a platform. */
export type Series = Pick<Receipt, 'version' | 'freeThreaded' | 'platform'>;

/** The link that environments of a minor version are created with: `cpython-3.13t-x86_64-unknown-linux-gnu`. */
export function linkName({ version, freeThreaded, platform }: Series): string {
  const [major, minor] = version.split('.');
  return `cpython-${major}.${minor}${freeThreaded ? 't' : ''}-${platform}`;
}

/** Writes the receipt of a Python into its directory. */
export function writeReceipt(directory: string, receipt: Receipt): void {
  writeFileSync(join(directory, RECEIPT), `${JSON.stringify(receipt, undefined, 2)}\n`, { flag: 'wx', mode: 0o644 });
}

/** The receipt in a directory of that name; `undefined` where there is none that a managed Python of the name has. */
export function readReceipt(directory: string, name: string): Receipt | undefined {
  try {
    const value = JSON.parse(readSmallFile(join(directory, RECEIPT))?.text ?? '') as Partial<Receipt>;
    const { format, version = '', platform = '', executable = '', license } = value;
    if (format !== 1 || readVersion(version) === undefined || !Object.hasOwn(platforms, platform)) return undefined;
    if (!/^[\w.-]+(?:\/[\w.-]+)*$/.test(executable) || executable.split('/').includes('..')) return undefined;
    if (typeof license !== 'string' || typeof value.sha256 !== 'string') return undefined;
    return buildName(value as Receipt) === name ? (value as Receipt) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The receipt of the managed Python with a prefix.
 *
 * @param prefix `sys.base_prefix`, by the link of its minor version or by its own name
 */
export function receiptAt(prefix: string): Receipt | undefined {
  try {
    const real = realpathSync.native(prefix);
    return readReceipt(real, basename(real));
  } catch {
    return undefined;
  }
}
