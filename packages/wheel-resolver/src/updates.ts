import type { Context, Interpreter } from '@vivarium/core/plugin';
import { loadSeedWheels } from './find/load-seed-wheels.ts';
import { findUpdates, type UpdateResult } from './update/find-updates.ts';

export { type LockedWheel, type ShippedWheels, wheelsFor } from './find/wheels-for.ts';
export { runUpdateJob, type UpdateJob } from './update/background.ts';
export type { UpdateResult } from './update/find-updates.ts';
export { GRACE, isUsable, type MarkedVersion } from './update/is-usable.ts';
export type { UpdateMark } from './update/mark.ts';
export { isDue, type UpdateState } from './update/state.ts';

/** What {@link upgradeSeedWheels} is asked. */
export interface UpgradeRequest {
  /** Runs pip. */
  readonly interpreter: Interpreter;
  readonly context: Context;
  /** Minor versions of Python, `3.12`. @default 2.7, 3.6 and each later one */
  readonly pythons?: readonly string[];
}

/**
 * Fetches the newest seeds for each Python into the cache, where they are available from then on
 * (`--upgrade-embed-wheels`). What fails for one is told in its result and doesn't keep the others.
 */
export async function upgradeSeedWheels(request: UpgradeRequest): Promise<readonly UpdateResult[]> {
  const update = { ...request, names: ['pip', 'setuptools', 'wheel'], origin: 'manual' } as const;
  if (request.pythons !== undefined) return findUpdates({ ...update, pythons: request.pythons });
  const told = await toldApart();
  const [last = ''] = told.slice(-1);
  const results = await findUpdates({ ...update, pythons: [...told, NEWEST_PYTHON] });
  const before = results.filter(({ python }) => python === last);
  const newest = results.filter(({ python }) => python === NEWEST_PYTHON);
  const pythons = between(last, NEWEST_PYTHON);
  // What serves the first and the last of a row of Pythons serves those between.
  const others = before.every((result, index) => result.newest === newest[index]?.newest)
    ? pythons.flatMap((python) => before.map((result) => ({ ...result, python })))
    : await findUpdates({ ...update, pythons });
  return [...results.filter((result) => !newest.includes(result)), ...others, ...newest];
}

const NEWEST_PYTHON = '3.15';

// The Pythons from which on the lock file has other wheels.
async function toldApart(): Promise<readonly string[]> {
  const { lockedWheels } = await loadSeedWheels();
  const pythons = lockedWheels.flatMap(({ python }) => />=\s*(\d+\.\d+)/.exec(python)?.[1] ?? []);
  return [...new Set(pythons)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

function between(first: string, last: string): readonly string[] {
  const [from = 0, to = 0] = [first, last].map((python) => Number(python.split('.')[1]));
  return Array.from({ length: to - from - 1 }, (_, index) => `3.${from + 1 + index}`);
}
