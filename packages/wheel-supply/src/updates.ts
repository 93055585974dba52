import type { Context, Interpreter } from '@vivarium/core';
import { findUpdates, lockedSeeds, type UpdateResult } from './update/find-updates.ts';

export { runUpdateJob, type UpdateJob } from './update/background.ts';
export type { UpdateResult } from './update/find-updates.ts';
export { GRACE, isDue, isUsable, type MarkedVersion, type UpdateState } from './update/is-usable.ts';
export type { UpdateMark } from './update/mark.ts';

/**
 * Fetches the newest seeds for every Python that the lock file tells apart, into the cache, where they are at hand from
 * then on (`--upgrade-embed-wheels`). What fails for one is told in its result and doesn't keep the others.
 *
 * @param request `interpreter` runs pip
 */
export function upgradeSeedWheels(request: {
  readonly interpreter: Interpreter;
  readonly context: Context;
  /** Minor versions of Python, `3.12`. @default those that the lock file tells apart */
  readonly pythons?: readonly string[];
}): Promise<readonly UpdateResult[]> {
  return findUpdates({ ...lockedSeeds(), origin: 'manual', ...request });
}
