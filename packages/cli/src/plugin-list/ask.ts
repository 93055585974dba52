import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Activator,
  type CoreSettings,
  type Creator,
  coreOptions,
  type Discoverer,
  type Interpreter,
  isVivariumError,
  type Options,
  openConfiguredCache,
  type Plugin,
  type PluginKind,
  resolveSettings,
  type Seeder,
  type SettingLayers,
  type Settings,
  type Support,
} from '@vivarium/core/host';
import { callPlugin, checkSupport } from '@vivarium/core/internal';
import type { RunContext } from '../create/request.ts';
import { runCreate } from '../create/run.ts';
import { abortOnInterruption } from '../terminal/interruption.ts';

/** A plugin that was loaded, and whether the settings name it or leave the choice open. */
export interface ListedPlugin {
  readonly plugin: Plugin<PluginKind>;
  readonly isMeant: boolean;
}

/** Gives an answer; or `undefined`, and one problem more. */
export type Attempt = <T>(ask: () => Promise<T>) => Promise<T | undefined>;

/** What plugins say to the current interpreter. */
export interface Answers {
  readonly interpreter?: Interpreter;
  /** The creator that is taken. */
  readonly creator?: Creator;
  /** What they answered, as far as they could be asked. Of discoverers and seeders it is seen by letting them try. */
  readonly supports: ReadonlyMap<Plugin<PluginKind>, Support>;
}

/**
 * Lets every discoverer look for the interpreter, asks every creator, plans an environment that no one will make with
 * each seeder, and asks every activator.
 */
export async function askPlugins(
  listed: readonly ListedPlugin[],
  { layers, attempt }: { readonly layers: SettingLayers; readonly attempt: Attempt },
): Promise<Answers> {
  const options: Options = Object.assign({}, coreOptions, ...listed.map(({ plugin }) => plugin.options));
  const resolved = resolveSettings(options, layers).values as CoreSettings & Settings<Options>;
  // A list of plugins brings nothing to this machine.
  const settings = { ...resolved, downloadPython: 'never' };
  const { env, cwd } = layers;
  const signal = abortOnInterruption();
  const runContext: RunContext = { env, cwd, signal, warn: () => {}, debug: () => {} };
  const supports = new Map<Plugin<PluginKind>, Support>();
  const ask = async (plugin: Plugin<PluginKind>, answer: () => Support): Promise<void> => {
    const support = await attempt(() => callPlugin(plugin, 'be asked', () => checkSupport(plugin, answer())));
    if (support !== undefined) supports.set(plugin, support);
  };

  const discoverer = listed.find(({ plugin, isMeant }) => plugin.kind === 'discoverer' && isMeant)?.plugin;
  if (discoverer === undefined) return { supports };
  const interpreter = await attempt(() => find(discoverer as Discoverer, settings, runContext));
  for (const { plugin } of listed) {
    if (plugin.kind !== 'discoverer') continue;
    supports.set(plugin, await tried(() => find(plugin as Discoverer, settings, runContext)));
  }
  if (interpreter === undefined) return { supports };

  const creators = listed.filter((entry) => entry.plugin.kind === 'creator');
  for (const { plugin } of creators) await ask(plugin, () => (plugin as Creator).supports(interpreter));
  const creator = creators.find(({ plugin, isMeant }) => isMeant && supports.get(plugin) === true)?.plugin as
    | Creator
    | undefined;
  if (creator === undefined) return { interpreter, supports };

  const plan = (seeder?: Seeder): ReturnType<typeof runCreate> =>
    runCreate({
      destination: join(tmpdir(), 'environment-that-is-only-planned'),
      plugins: {
        discoverer: discoverer as Discoverer,
        creators: [creator],
        activators: [],
        options: {},
        notes: [],
        ...(seeder === undefined ? {} : { seeder }),
      },
      // Nothing is to be looked up for the sake of a later run.
      settings: { ...settings, periodicUpdate: false },
      dryRun: true,
      ...runContext,
    });
  for (const { plugin } of listed) {
    if (plugin.kind === 'seeder') supports.set(plugin, await tried(() => plan(plugin as Seeder)));
  }
  const planned = await attempt(() => plan());
  if (planned === undefined) return { interpreter, creator, supports };
  for (const { plugin } of listed) {
    if (plugin.kind === 'activator') {
      await ask(plugin, () => (plugin as Activator).supports(planned.plan.environment));
    }
  }
  return { interpreter, creator, supports };
}

/** Yes, if it comes off; else no, because of what went wrong. */
async function tried(work: () => Promise<unknown>): Promise<Support> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!isVivariumError(error) || error.code === 'INTERRUPTED') throw error;
    return { reason: error.message.split('\n')[0] ?? error.code };
  }
}

async function find(
  discoverer: Discoverer,
  settings: CoreSettings & Settings<Options>,
  runContext: RunContext,
): Promise<Interpreter> {
  const cache = openConfiguredCache({ settings, ...runContext });
  try {
    const { findInterpreter } = await import('@vivarium/discovery');
    const context = { ...runContext, cache };
    return (await findInterpreter({ specs: settings.python ?? [], discoverer, settings, context })).interpreter;
  } finally {
    cache.close();
  }
}
