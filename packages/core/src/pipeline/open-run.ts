import { recoverDestination } from '../apply/recover.ts';
import type { Cache } from '../cache/cache.ts';
import { openConfiguredCache } from '../cache/open-configured.ts';
import type { Context, OwnProgram } from '../context.ts';
import { resolveDestination } from '../destination/resolve-destination.ts';
import { VivariumError } from '../error.ts';
import type { RunEvent, Warn } from '../event.ts';
import { formatVersion, type Interpreter } from '../interpreter.ts';
import type { DecidePackages } from '../packages/decide-packages.ts';
import type { Plan } from '../plan/plan.ts';
import type { SelectedPlugins } from '../plugins/select-plugins.ts';
import type { Tool } from '../pyvenv-cfg/write.ts';
import type { CoreSettings } from '../settings/core-options.ts';
import type { Options, Settings } from '../settings/option.ts';
import type { Pause } from '../slices.ts';
import type { FindInterpreter } from './find-interpreter.ts';
import { planEnvironment } from './plan-environment.ts';
import type { PluginSettings } from './planning-request.ts';

/** What a run starts from once its settings are known. */
export interface RunRequest {
  readonly plugins: SelectedPlugins;
  /** Resolved values of the core's options and of those of the selected plugins. */
  readonly settings: CoreSettings & Settings<Options>;
  readonly findInterpreter: FindInterpreter;
  /** Decides which packages are installed besides the seeds. */
  readonly decidePackages?: DecidePackages;
  readonly tool: Tool;
  /** Nothing at all is written at a destination, not even to clear up what a killed run left. */
  readonly dryRun: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal: AbortSignal;
  /** As in {@link Context}. */
  readonly program?: OwnProgram | undefined;
  readonly warn: Warn;
  readonly debug: (message: string) => void;
  /** As in {@link Context}. */
  readonly emit?: ((event: RunEvent) => void) | undefined;
  /** As in {@link Context}. */
  readonly pause?: Pause | undefined;
}

/** What environments of one run have in common: the cache, and the interpreters that were found. */
export interface Run {
  /** To be closed when all plans were applied: what they link to may be in a temporary directory. */
  readonly cache: Cache;
  /**
   * The interpreter for some specs, in order of preference; the same specs are looked for once.
   *
   * @throws VivariumError what `findInterpreter` throws
   */
  find(specs: readonly string[]): Promise<Interpreter>;
  /**
   * Plans an environment. Nothing is written outside the cache, but that what a killed run left at the destination is
   * put right.
   *
   * @param destination as the user wrote it
   * @throws VivariumError when the destination can't be used, nothing fits, or a plugin fails
   */
  plan(destination: string, specs: readonly string[]): Promise<Plan>;
}

/**
 * Opens the cache (after emptying it, if the settings say so) for the environments of one run.
 *
 * @throws VivariumError `CACHE_READ_ONLY`
 */
export function openRun(request: RunRequest): Run {
  const { settings, plugins, decidePackages, warn, debug, env, cwd, signal, program, emit, pause } = request;
  const cache = openConfiguredCache(request);
  const context: Context = { env, cwd, cache, signal, program, warn, debug, emit, pause };
  const pluginSettings: PluginSettings = (plugin) =>
    Object.fromEntries(Object.keys(plugin.options ?? {}).map((name) => [name, (settings as Settings<Options>)[name]]));
  const installs = plugins.seeder !== undefined && !(settings.noSeed && decidePackages === undefined);
  for (const note of plugins.notes) debug(note);
  const found = new Map<string, Promise<Interpreter>>();

  function find(specs: readonly string[]): Promise<Interpreter> {
    const key = JSON.stringify(specs);
    const interpreter = found.get(key) ?? search(specs);
    found.set(key, interpreter);
    return interpreter;
  }

  async function search(specs: readonly string[]): Promise<Interpreter> {
    const { discoverer } = plugins;
    const settings = pluginSettings(discoverer);
    const others = plugins.otherDiscoverers?.map((other) => ({ discoverer: other, settings: pluginSettings(other) }));
    emit?.({ type: 'search', specs });
    const { interpreter, source } = await request.findInterpreter({
      specs,
      discoverer,
      settings,
      ...(others === undefined ? {} : { others }),
      context,
    });
    debug(`interpreter ${interpreter.executable} (from ${source})`);
    emit?.({ type: 'found', executable: interpreter.executable, version: formatVersion(interpreter.version) });
    return interpreter;
  }

  async function plan(given: string, specs: readonly string[]): Promise<Plan> {
    const destination = resolveDestination(given, cwd);
    if (!request.dryRun) recoverDestination(destination, cache);
    try {
      return await planEnvironment({
        destination,
        interpreter: await find(specs),
        creators: plugins.creators,
        ...(installs ? { seeder: plugins.seeder } : {}),
        ...(decidePackages === undefined ? {} : { decidePackages }),
        activators: plugins.activators,
        settings,
        pluginSettings,
        context,
        tool: request.tool,
      });
    } catch (error) {
      // Whatever gave up because it was told to, and however it said so.
      throw signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
    }
  }

  return { cache, find, plan };
}
