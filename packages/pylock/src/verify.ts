import { createHash, type Hash, timingSafeEqual } from 'node:crypto';
import { HASH_ALGORITHMS } from './hashes.ts';
import type { Hashes, IndexSource } from './lock.ts';
import { LockError } from './lock-error.ts';

/** What is known of the content of a file: the size, and hashes that all have to be right, or one of several. */
export interface ExpectedContent {
  /** The file, as messages name it. */
  readonly name: string;
  /** In bytes. */
  readonly size?: number;
  /** Every one of them that can be computed is compared. */
  readonly hashes: Hashes | IndexSource['hashes'];
}

/** Checks the content of a file as it arrives. */
export interface Verifier {
  /** @throws LockError `LOCK_SIZE` as soon as there is more than the lock says */
  update(chunk: Uint8Array): void;
  /** @throws LockError `LOCK_SIZE` or `LOCK_HASH` when the content is not what the lock says */
  finish(): void;
}

/**
 * Begins to check the content of a file against its lock: the size, and **every** hash that is known. Of a requirement,
 * which does not name its file, one hash has to be right. Nothing of the content may be used before `finish` has returned.
 *
 * @throws LockError `LOCK_HASH` when there is no secure hash to compare with
 */
export function openVerifier({ name, size, hashes }: ExpectedContent): Verifier {
  const isChoice = Array.isArray(hashes);
  const wanted = (
    isChoice ? hashes : Object.entries(hashes).map(([algorithm, digest]) => ({ algorithm, digest }))
  ).filter(({ algorithm }) => HASH_ALGORITHMS.has(algorithm)) as IndexSource['hashes'];
  if (!wanted.some(({ algorithm }) => HASH_ALGORITHMS.get(algorithm)?.isSecure)) {
    throw new LockError('LOCK_HASH', `${name} has no hash of sha256, sha384 or sha512`);
  }
  const computed = new Map<string, Hash>();
  for (const { algorithm } of wanted) {
    computed.set(algorithm, createHash(HASH_ALGORITHMS.get(algorithm)?.node ?? algorithm));
  }
  let received = 0;
  return {
    update(chunk) {
      received += chunk.byteLength;
      if (size !== undefined && received > size) throw wrongSize(name, size, `more than ${size}`);
      for (const hash of computed.values()) hash.update(chunk);
    },
    finish() {
      if (size !== undefined && received !== size) throw wrongSize(name, size, String(received));
      const digests = new Map([...computed].map(([algorithm, hash]) => [algorithm, hash.digest('hex')]));
      const wrong = wanted.filter(({ algorithm, digest }) => !isSame(digests.get(algorithm) ?? '', digest));
      const [first] = wrong;
      if (first === undefined || (isChoice && wrong.length < wanted.length)) return;
      const got = digests.get(first.algorithm);
      throw new LockError(
        'LOCK_HASH',
        `${name} has the ${first.algorithm} ${got}, and the lock says ${wrong
          .filter(({ algorithm }) => algorithm === first.algorithm)
          .map(({ digest }) => digest)
          .join(' or ')}`,
      );
    },
  };
}

function wrongSize(name: string, size: number, received: string): LockError {
  return new LockError('LOCK_SIZE', `${name} has ${received} bytes, and the lock says ${size}`);
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b.toLowerCase())];
  return left.length === right.length && timingSafeEqual(left, right);
}
