import { dirname } from 'node:path';
import type { Cache } from '../cache/cache.ts';
import { inSlices } from '../slices.ts';
import { claim } from './claim.ts';
import { getProof } from './proof.ts';
import { createParents, removeCreatedParents, topmostMissing } from './remove.ts';
import { openRunDirectory, type RunDirectory } from './run-directory.ts';

/** What is claimed. */
export interface ClaimRequest {
  /** Absolute. */
  readonly destination: string;
  readonly cache: Cache;
  /** Ends the wait. */
  readonly signal: AbortSignal;
}

/**
 * Does something while no other run that claims the destination in this way does, however long that takes. Where nothing
 * can be written next to the destination nothing is claimed: what changes an environment is safe without.
 *
 * @throws VivariumError `INTERRUPTED` while it waits
 */
export async function withClaim<T>(request: ClaimRequest, act: () => Promise<T>): Promise<T> {
  const { destination, cache, signal } = request;
  const directory = dirname(destination);
  const created = topmostMissing(directory);
  let run: RunDirectory;
  try {
    createParents(directory);
    run = openRunDirectory({ directory, destination, proof: await getProof(cache) });
  } catch {
    removeCreatedParents(created, directory);
    return act();
  }
  try {
    await claim({ destination, run, directory, maxAttempts: Number.POSITIVE_INFINITY, signal });
    return await act();
  } finally {
    await inSlices(run.close(), undefined);
    removeCreatedParents(created, directory);
  }
}
