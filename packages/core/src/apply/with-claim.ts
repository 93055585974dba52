import { utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Cache } from '../cache/cache.ts';
import { inSlices } from '../slices.ts';
import { claim } from './claim.ts';
import { forEachLeftover, type Leftover } from './leftovers.ts';
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
  /**
   * The holder shows every few seconds that it is at work, by touching its directory. One that can't be seen from here
   * (in another container, on another host) is believed to have ended after a minute without it, and not only after days.
   */
  readonly isShown?: boolean;
  /** Whether there is nothing left to do, since another holder has done it: then nothing is claimed and waited for. */
  readonly isSettled?: () => boolean;
}

const SHOWN_EVERY_MS = 5000;
const SILENT_IS_GONE_AFTER_MS = 60_000;

/**
 * Does something while no other run that claims the destination in this way does, however long that takes. Where nothing
 * can be written next to the destination nothing is claimed: what changes an environment is safe without.
 *
 * @throws VivariumError `INTERRUPTED` while it waits
 */
export async function withClaim<T>(request: ClaimRequest, act: () => Promise<T>): Promise<T> {
  const { destination, cache, signal, isShown = false, isSettled } = request;
  const directory = dirname(destination);
  const created = topmostMissing(directory);
  let run: RunDirectory;
  try {
    createParents(directory);
    const proof = await getProof(cache);
    forEachLeftover({ directory, destination, proof }, removeClaim);
    run = openRunDirectory({ directory, destination, proof });
  } catch {
    removeCreatedParents(created, directory);
    return act();
  }
  const touch = isShown ? setInterval(() => show(run.path), SHOWN_EVERY_MS) : undefined;
  try {
    await claim({
      destination,
      run,
      directory,
      maxAttempts: Number.POSITIVE_INFINITY,
      signal,
      isSettled,
      ...(isShown ? { unknownIsGoneAfterMs: SILENT_IS_GONE_AFTER_MS } : {}),
    });
    return await act();
  } finally {
    clearInterval(touch);
    await inSlices(run.close(), undefined);
    removeCreatedParents(created, directory);
  }
}

function show(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Another run that believed this one had ended has taken it away; its own claim holds then.
  }
}

/** What a run left that was killed while it held a claim, or waited for one; one that kept something aside is another's. */
function removeClaim(leftover: Leftover): void {
  if (!leftover.has('old') && !leftover.has('back') && !leftover.has('out')) leftover.remove('new', 'busy');
}
