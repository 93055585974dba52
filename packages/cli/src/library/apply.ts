import { applyPlan as apply, openConfiguredCache, type Plan } from '@vivarium/core/host';
import { pauseEvery } from '@vivarium/core/internal';
import { checkPath } from './check-value.ts';
import { type CreatedEnvironment, createdFrom, SLICE_MS } from './create.ts';
import type { EnvironmentOptions } from './environment-options.ts';

/** How a plan is applied. */
export type ApplyOptions = Pick<EnvironmentOptions, 'env' | 'signal' | 'onEvent' | 'onWarn' | 'appData'>;

/**
 * Does what a plan of {@link planEnvironment} says: it can be shown, confirmed and executed. A plan may have gone through
 * JSON. It is code: it writes files and starts processes, so only a plan of one's own may be applied.
 *
 * @throws VivariumError `WRITE_FAILED` where the system refuses something or a file that the plan links to is gone (plan
 *   it again then), `PROCESS_FAILED`, `DESTINATION_TAKEN`, `STAGING_NOT_INTACT`, `INTERRUPTED`, `PLATFORM_MISMATCH`
 */
export async function applyPlan(plan: Plan, options: ApplyOptions = {}): Promise<CreatedEnvironment> {
  const { env = process.env, signal, onEvent, onWarn } = options;
  const appData = options.appData === undefined ? undefined : checkPath(options.appData);
  const cache = openConfiguredCache({
    settings: { appData, readOnlyAppData: false, resetAppData: false },
    env,
    warn: (message, code = 'OTHER') => {
      onWarn?.(message);
      onEvent?.({ type: 'warning', code, message });
    },
  });
  try {
    const request = { env, cache, emit: onEvent, pause: pauseEvery(SLICE_MS) };
    const applied = await apply(plan, signal === undefined ? request : { ...request, signal });
    return createdFrom({ plan, applied });
  } finally {
    cache.close();
  }
}
