import type { Cache } from '../cache/cache.ts';
import type { Plan } from '../plan/plan.ts';
import { openRun, type RunRequest } from './open-run.ts';

/** A run that creates one environment. */
export interface PrepareRequest extends RunRequest {
  /** As the user wrote it. */
  readonly destination: string;
}

/** A plan, ready to be applied or shown. */
export interface Prepared {
  readonly plan: Plan;
  /** To be closed when the plan was applied: what it links to may be in a temporary directory. */
  readonly cache: Cache;
}

/**
 * The way from settings to the plan of one environment: destination, cache, interpreter, plan.
 *
 * @throws VivariumError what {@link openRun} and its `plan` throw
 */
export async function preparePlan(request: PrepareRequest): Promise<Prepared> {
  const run = openRun(request);
  try {
    return { plan: await run.plan(request.destination, request.settings.python ?? []), cache: run.cache };
  } catch (error) {
    run.cache.close();
    throw error;
  }
}
