import type { Context } from '@vivarium/core/plugin';
import { DAYS_BETWEEN_UPDATES } from '../options.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** When updates were last looked for. Times are milliseconds since the epoch. */
export interface UpdateState {
  readonly started?: number;
  readonly completed?: number;
}

/** Whether it is time to look again: two weeks after it was last done, and not while someone is at it. */
export function isDue({ started, completed }: UpdateState, now: number): boolean {
  return (
    (completed === undefined || now - completed > DAYS_BETWEEN_UPDATES * DAY) &&
    (started === undefined || now - started > HOUR)
  );
}

/** The state of one distribution and one Python; what can't be read is as if it had never been. */
export function readState(name: string, python: string, { cache }: Context): UpdateState {
  try {
    const state = JSON.parse(cache.readText(stateFile(name, python)) ?? '{}') as UpdateState | null;
    return state ?? {};
  } catch {
    return {};
  }
}

/** Where the state of one distribution and one Python is kept in the cache. */
export function stateFile(name: string, python: string): string {
  return `update-state/1/${name}-${python}.json`;
}
