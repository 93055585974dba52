import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cache } from '../cache/cache.ts';
import { sipHash } from './siphash.ts';

/**
 * What only a run of this user can say about a directory: it depends on a secret of this user and on the path, so it
 * can neither be computed by others nor be taken from one directory to another. `undefined` where there is no secret.
 */
export type Proof = (path: string) => string | undefined;

// Kept as an entry of the cache, since that is used only where no other user can read or write it.
const ENTRY = 'runs/1';
const FILE = 'secret';
const KEY_BYTES = 16;

/** The proof of a user whose secret can't be kept: nothing that an earlier run left can be recognised. */
const noProof: Proof = () => undefined;

/**
 * The proof by the secret in a cache; {@link noProof} without a cache, and where the cache has none yet. The secret is read
 * when something has to be proven, which most runs have not.
 */
export function findProof(cache: Cache | undefined): Proof {
  let proof: Proof | undefined;
  return (path) => {
    proof ??= readProof(cache);
    return proof(path);
  };
}

function readProof(cache: Cache | undefined): Proof {
  const found = cache?.findDirectory(`${ENTRY}/${FILE}`);
  return found === undefined || found.isTemporary ? noProof : proofBy(found.path);
}

/** The same, with a new secret where the cache has none yet. A cache that can't be written is no error. */
export async function getProof(cache: Cache | undefined): Promise<Proof> {
  if (cache === undefined) return noProof;
  try {
    const { path, isTemporary } = await cache.getDirectory(`${ENTRY}/${FILE}`, async (directory) => {
      // Needed once for each cache, so it is not loaded by every run.
      const { randomBytes } = await import('node:crypto');
      writeFileSync(join(directory, 'key'), randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 });
    });
    return isTemporary ? noProof : proofBy(path);
  } catch {
    return noProof;
  }
}

function proofBy(directory: string): Proof {
  let key: Uint8Array;
  try {
    key = readFileSync(join(directory, 'key'));
  } catch {
    return noProof;
  }
  // After a power failure a file may be shorter, or all zeros, which anybody could guess.
  if (key.length !== KEY_BYTES || key.every((byte) => byte === 0)) return noProof;
  return (path) => sipHash(key, path);
}
