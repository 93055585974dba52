import { recoverDestination } from '../apply/recover.ts';
import type { Cache } from '../cache/cache.ts';
import { openConfiguredCache } from '../cache/open-configured.ts';
import type { Context } from '../context.ts';
import { resolveDestination } from '../destination/resolve-destination.ts';
import type { Discoverer } from '../discoverer.ts';
import { VivariumError } from '../error.ts';
import type { Interpreter } from '../interpreter.ts';
import type { Plan } from '../plan/plan.ts';
import type { SelectedPlugins } from '../plugins/select-plugins.ts';
import type { Tool } from '../pyvenv-cfg/write.ts';
import type { CoreSettings } from '../settings/core-options.ts';
import type { Options, Settings } from '../settings/option.ts';
import { planEnvironment } from './plan-environment.ts';
import type { PluginSettings } from './planning-request.ts';

/** What finding an interpreter is asked with. The discovery package has the function that answers. */
export interface FindRequest {
  /** What the user asked for, in order of preference; empty when nothing was. */
  readonly specs: readonly string[];
  readonly discoverer: Discoverer;
  readonly settings: Settings<Options>;
  readonly context: Context;
}

/** Finds the interpreter that an environment is based on. */
export type FindInterpreter = (
  request: FindRequest,
) => Promise<{ readonly interpreter: Interpreter; readonly source: string }>;

/** What a run starts from once its settings are known. */
export interface PrepareRequest {
  /** As the user wrote it. */
  readonly destination: string;
  readonly plugins: SelectedPlugins;
  /** Resolved values of the core's options and of those of the selected plugins. */
  readonly settings: CoreSettings & Settings<Options>;
  readonly findInterpreter: FindInterpreter;
  readonly tool: Tool;
  /** Nothing at all is written at the destination, not even to clear up what a killed run left. */
  readonly dryRun: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly signal: AbortSignal;
  readonly notice: (message: string) => void;
  readonly trace: (message: string) => void;
}

/** A plan, ready to be applied or shown. */
export interface Prepared {
  readonly plan: Plan;
  /** To be closed when the plan was applied: what it links to may lie in a temporary folder. */
  readonly cache: Cache;
}

/**
 * The way from settings to a plan: destination, cache, interpreter, plan. Nothing is written outside the cache, but that
 * what a killed run left at the destination is put right.
 */
export async function preparePlan(request: PrepareRequest): Promise<Prepared> {
  const { settings, plugins, notice, trace, env, workingFolder, signal } = request;
  const destination = resolveDestination(request.destination, workingFolder);
  if (!request.dryRun) recoverDestination(destination);
  const cache = openConfiguredCache(request);
  const context: Context = { env, workingFolder, cache, signal, notice, trace };
  const pluginSettings: PluginSettings = (plugin) =>
    Object.fromEntries(Object.keys(plugin.options ?? {}).map((name) => [name, (settings as Settings<Options>)[name]]));
  for (const note of plugins.notes) trace(note);
  try {
    const { discoverer } = plugins;
    const specs = settings.python ?? [];
    const found = await request.findInterpreter({ specs, discoverer, settings: pluginSettings(discoverer), context });
    trace(`interpreter ${found.interpreter.executable} (from ${found.source})`);
    const plan = await planEnvironment({
      destination,
      interpreter: found.interpreter,
      creators: plugins.creators,
      ...(plugins.seeder === undefined ? {} : { seeder: plugins.seeder }),
      activators: plugins.activators,
      settings,
      pluginSettings,
      context,
      tool: request.tool,
    });
    return { plan, cache };
  } catch (error) {
    cache.close();
    // Whatever gave up because it was told to, and however it said so.
    throw signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
  }
}
