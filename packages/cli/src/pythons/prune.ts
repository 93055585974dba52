import { type Context, openConfiguredCache, VivariumError } from '@vivarium/core/host';
import {
  clearLeftovers,
  listBuilds,
  removeBuilds,
  supersededBuilds,
  usableStore,
} from '@vivarium/discoverer-standalone/managed';
import { envelope } from '../json/envelope.ts';
import { currentDirectory } from '../start/cwd.ts';
import { confirm } from '../terminal/confirm.ts';
import { openConsole } from '../terminal/console.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';
import { describeBuild } from './described.ts';
import { knownEnvironments } from './known-environments.ts';

/** What the command was told. */
export interface PruneSettings {
  readonly pythonStore: string | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `vivarium prune --pythons`: shows the managed Pythons that nothing needs, asks, and removes them. */
export async function prunePythons({ pythonStore, yes, dryRun, json }: PruneSettings): Promise<void> {
  const { env } = process;
  const { warn, debug, print } = openConsole(0);
  const settings = { appData: undefined, readOnlyAppData: false, resetAppData: false };
  const cache = openConfiguredCache({ settings, env, warn });
  const context: Context = { env, cwd: currentDirectory(), cache, signal: abortOnInterruption(), warn, debug };
  try {
    const store = usableStore({ pythonStore }, context);
    if (store !== undefined && !dryRun) await clearLeftovers(store, context);
    const environments = store === undefined ? [] : await knownEnvironments(store);
    const builds = store === undefined ? [] : supersededBuilds(listBuilds(store), environments);
    const rows = builds.map(describeBuild);
    if (!json && rows.length > 0)
      print(rows.map(({ version, directory }) => `Python ${version}  ${directory}`).join('\n'));
    if (store === undefined || builds.length === 0 || dryRun) {
      print(json ? envelope('prune', { wouldRemovePythons: rows }) : `would remove ${countOf(rows.length)}`);
      return;
    }
    const isAllowed = yes || (await confirm(`Remove ${countOf(rows.length)}?`));
    if (isAllowed) await removeBuilds({ store, builds, environments, context });
    if (json) print(envelope('prune', { removedPythons: isAllowed ? rows : [] }));
    else if (isAllowed) print(`removed ${countOf(rows.length)}`);
  } catch (error) {
    throw context.signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
  } finally {
    cache.close();
  }
}

function countOf(pythons: number): string {
  return pythons === 1 ? '1 Python' : `${pythons} Pythons`;
}
