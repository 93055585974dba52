import { createHash } from 'node:crypto';
import { closeSync, lstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseRecord } from '@vivarium/wheel-resolver/reading';
import type { Distribution, Inspection } from '../inspect/inspection.ts';
import { readBounded } from '../read/read-bounded.ts';

/** A file that a RECORD lists. */
export interface RecordedFile {
  /** Relative to the environment, written with `/`. */
  readonly path: string;
  /** As RECORD writes it: relative to its site-packages. */
  readonly recorded: string;
  readonly hash: string;
  readonly size: string;
}

/** What became of a file that RECORD lists. */
export type FileState = 'same' | 'missing' | 'changed';

/** The files of a distribution by its RECORD, without byte code and without those outside the environment. */
export function recordedFiles(directory: string, { path }: Distribution): readonly RecordedFile[] {
  const packages = posix.dirname(path);
  return parseRecord(readBounded(join(directory, path, 'RECORD')) ?? '').flatMap(({ path: recorded, hash, size }) => {
    if (/\.py[co]$|(?:^|\/)__pycache__(?:\/|$)/.test(recorded) || recorded.startsWith('/')) return [];
    const inner = posix.normalize(posix.join(packages, recorded));
    if (inner.startsWith('../') || inner === 'pyvenv.cfg') return [];
    return [{ path: inner, recorded, hash, size }];
  });
}

/** Distributions whose files a RECORD tells; those of conda are changed by conda itself. */
export function withRecord({ distributions }: Inspection): readonly Distribution[] {
  return distributions.filter(({ path, installer }) => path.endsWith('.dist-info') && installer !== 'conda');
}

/** Compares a file with what RECORD says of it: its size first, then its hash. */
export function stateOf(directory: string, { path, hash, size }: RecordedFile): FileState {
  const file = join(directory, path);
  try {
    const stats = statSync(file);
    if (!stats.isFile()) return stats.isDirectory() && isLink(file) ? 'same' : 'changed';
    if (hash === '') return 'same';
    const [algorithm = '', digest] = hash.split('=', 2);
    const isKnown = /^sha(?:256|384|512)$/.test(algorithm);
    if (size !== '' && Number(size) !== stats.size) {
      return isKnown && withoutOption(file, algorithm) === digest ? 'same' : 'changed';
    }
    return !isKnown || hashOf(file, algorithm) === digest ? 'same' : 'changed';
  } catch {
    return isLink(file) ? 'changed' : 'missing';
  }
}

const CHUNK = 1 << 20;

/** The hash of a file in URL-safe base64 without padding, as RECORD has it. */
function hashOf(file: string, algorithm: string): string {
  const hash = createHash(algorithm);
  if (statSync(file).size <= CHUNK) return hash.update(readFileSync(file)).digest('base64url');
  const descriptor = openSync(file, 'r');
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    for (let count = readSync(descriptor, chunk); count > 0; count = readSync(descriptor, chunk)) {
      hash.update(chunk.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
  return hash.digest('base64url');
}

/**
 * The hash of a command as it was before an option was added to its first line: pipx lets its commands be started with
 * `-E`, and leaves RECORD as it was.
 */
function withoutOption(file: string, algorithm: string): string | undefined {
  const text = readBounded(file);
  const plain = text?.replace(/^(#![^\n]*python[\d.]*) -[A-Za-z]{1,4}\n/, '$1\n');
  return plain === undefined || plain === text ? undefined : createHash(algorithm).update(plain).digest('base64url');
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
