import { type Context, openConfiguredCache, VivariumError } from '@vivarium/core';
import { findInterpreter } from '@vivarium/discovery';
import type { UpdateResult } from '@vivarium/wheel-supply/updates';
import type { CreateRequest } from './request.ts';

/**
 * `--upgrade-embed-wheels`: fetches the newest seeds for every Python into the cache; no environment is made.
 *
 * @throws VivariumError `CACHE_READ_ONLY` (exit code 2) where nothing could be kept
 */
export async function upgradeSeeds(request: CreateRequest): Promise<readonly UpdateResult[]> {
  const { settings, plugins, env } = request;
  if (settings.readOnlyAppData) throw contradiction();
  const cache = openConfiguredCache(request);
  const context: Context = { ...request, env, cache };
  try {
    const { upgradeSeedWheels } = await import('@vivarium/wheel-supply/updates');
    const { discoverer } = plugins;
    const { interpreter } = await findInterpreter({ specs: settings.python ?? [], discoverer, settings, context });
    return await upgradeSeedWheels({ interpreter, context });
  } catch (error) {
    throw context.signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
  } finally {
    cache.close();
  }
}

/** What was found, a line for each distribution and Python; what failed is not among them. */
export function upgradeLines(results: readonly UpdateResult[]): readonly string[] {
  return results.flatMap(({ name, python, current, newest }) => {
    if (newest === undefined) return [];
    const found = newest === current ? `${current}, no newer one` : `${current ?? 'none'} -> ${newest}`;
    return [`${name} for Python ${python}: ${found}`];
  });
}

/** @throws VivariumError `UPGRADE_FAILED` when there is one that failed */
export function assertUpgraded(results: readonly UpdateResult[]): void {
  const failed = results.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return;
  const [first] = failed;
  const lines = failed.map(({ name, python, failure }) => `${name} for Python ${python}: ${failure}`);
  throw new VivariumError('UPGRADE_FAILED', [`${failed.length} of ${results.length} failed`, ...lines].join('\n'), {
    ...(first === undefined ? {} : { cause: first.failure }),
    source: '--upgrade-embed-wheels',
    hint: 'What was fetched is in the cache, and the others stay as they were. Where pip looks is its own configuration.',
  });
}

function contradiction(): VivariumError {
  return new VivariumError(
    'CACHE_READ_ONLY',
    '--upgrade-embed-wheels fills the cache, and --read-only-app-data forbids it',
    { hint: 'Leave one of the two out.' },
  );
}
