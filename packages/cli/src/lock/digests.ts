import { createHash, type Hash } from 'node:crypto';
import { LockError, type LockedFile } from '@vivarium/pylock';

/** What was computed of a file when it was put into the cache. */
export interface Digests {
  /** File name. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** In lower-case hexadecimal, by algorithm; SHA-256 is always there. */
  readonly hashes: Readonly<Record<string, string>>;
}

/** A file in the cache. */
export interface KnownFile {
  readonly sha256: string;
  readonly digests: Digests;
}

const ALWAYS = ['sha256', 'sha384', 'sha512'];
const KNOWN: ReadonlySet<string> = new Set([
  ...['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha3_224', 'sha3_256', 'sha3_384', 'sha3_512'],
  ...['blake2b', 'blake2s'],
]);

/** Whether all that a lock says of a file can be compared with what is known of it. */
export function isCovered({ hashes }: LockedFile, digests: Digests): boolean {
  return Object.keys(hashes).every((algorithm) => digests.hashes[algorithm] !== undefined || !KNOWN.has(algorithm));
}

/**
 * Compares what a lock says of a file with what is known of it: size, and every hash.
 *
 * @throws LockError `LOCK_SIZE`, `LOCK_HASH`
 */
export function checkKnown({ name, size, hashes }: LockedFile, digests: Digests): void {
  if (size !== undefined && size !== digests.size) {
    throw new LockError('LOCK_SIZE', `${name} has ${digests.size} bytes, and the lock says ${size}`);
  }
  for (const [algorithm, digest] of Object.entries(hashes)) {
    const known = digests.hashes[algorithm];
    if (known === undefined || known === digest.toLowerCase()) continue;
    throw new LockError('LOCK_HASH', `${name} has the ${algorithm} ${known}, and the lock says ${digest}`);
  }
}

/** Computes digests of a file as it is read: the secure ones, and others that a lock names. */
export function digestsOf(named: readonly string[]): { update(chunk: Buffer): void; finish(): Omit<Digests, 'file'> } {
  const own = named.filter((name) => /^(md5|sha1|sha224)$/.test(name));
  const computing = new Map<string, Hash>([...new Set([...ALWAYS, ...own])].map((name) => [name, createHash(name)]));
  let size = 0;
  return {
    update(chunk) {
      size += chunk.length;
      for (const hash of computing.values()) hash.update(chunk);
    },
    finish: () => ({
      size,
      hashes: Object.fromEntries([...computing].map(([name, hash]) => [name, hash.digest('hex')])),
    }),
  };
}
