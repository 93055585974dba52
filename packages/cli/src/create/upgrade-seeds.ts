import { type Context, openConfiguredCache, VivariumError } from '@vivarium/core/host';
import { findInterpreter } from '@vivarium/discovery';
import type { UpdateResult } from '@vivarium/wheel-resolver/updates';
import { envelope, jsonError } from '../json/envelope.ts';
import type { Console } from '../terminal/console.ts';
import { printError } from '../terminal/print-error.ts';
import type { CreateRequest } from './request.ts';

/**
 * `--upgrade-embed-wheels`: fetches the newest seed packages for every Python into the cache; no environment is created.
 *
 * @throws VivariumError `CACHE_READ_ONLY` (exit code 2) where nothing could be kept
 */
export async function upgradeSeeds(request: CreateRequest, console: Console): Promise<void> {
  const results = await fetchSeeds(request);
  const failure = upgradeFailure(results);
  if (!request.settings.json) {
    if (console.verbosity >= 0) console.print(upgradeLines(results).join('\n'));
    if (failure !== undefined) throw failure;
    return;
  }
  const upgrades = results.map(({ name, python, current = null, newest = null, failure: reason = null }) => {
    return { name, python, current, newest, failure: reason };
  });
  console.print(envelope('create', { upgrades }, failure === undefined ? [] : [jsonError(failure)]));
  if (failure === undefined) return;
  process.exitCode = printError(failure, { withTraceback: request.settings.withTraceback === true });
}

async function fetchSeeds(request: CreateRequest): Promise<readonly UpdateResult[]> {
  const { settings, plugins, env } = request;
  if (settings.readOnlyAppData) throw contradiction();
  const cache = openConfiguredCache(request);
  const context: Context = { ...request, env, cache };
  try {
    const { upgradeSeedWheels } = await import('@vivarium/wheel-resolver/updates');
    const { discoverer, otherDiscoverers = [] } = plugins;
    const { interpreter } = await findInterpreter({
      specs: settings.python ?? [],
      discoverer,
      settings,
      others: otherDiscoverers.map((other) => ({ discoverer: other, settings })),
      context,
    });
    return await upgradeSeedWheels({ interpreter, context });
  } catch (error) {
    throw context.signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
  } finally {
    cache.close();
  }
}

/** What was found, a line for each distribution and Python; what failed is not among them. */
function upgradeLines(results: readonly UpdateResult[]): readonly string[] {
  return results.flatMap(({ name, python, current, newest }) => {
    if (newest === undefined) return [];
    const found = newest === current ? `${current}, no newer one` : `${current ?? 'none'} -> ${newest}`;
    return [`${name} for Python ${python}: ${found}`];
  });
}

function upgradeFailure(results: readonly UpdateResult[]): VivariumError | undefined {
  const failed = results.filter(({ failure }) => failure !== undefined);
  const [first] = failed;
  if (first === undefined) return undefined;
  const lines = failed.map(({ name, python, failure }) => `${name} for Python ${python}: ${failure}`);
  return new VivariumError('UPGRADE_FAILED', [`${failed.length} of ${results.length} failed`, ...lines].join('\n'), {
    cause: first.failure,
    source: '--upgrade-embed-wheels',
    hint: 'What was fetched is in the cache, and the others are unchanged. pip uses its own index, proxy and certificate settings.',
  });
}

function contradiction(): VivariumError {
  return new VivariumError(
    'CACHE_READ_ONLY',
    '--upgrade-embed-wheels fills the cache, and --read-only-app-data forbids it',
    { hint: 'Leave one of the two out.' },
  );
}
