import { resolve } from 'node:path';
import type {
  Activator,
  Applied,
  Creator,
  Discoverer,
  Environment,
  FlagValue,
  Plan,
  Plugin,
  PluginKind,
  PluginSource,
  Seeder,
  SettingLayers,
} from '@vivarium/core';
import { readConfigFiles } from './config/config-files.ts';
import { pathsOfEnvironment } from './create/json-report.ts';
import type { CreateResult } from './create/request.ts';
import { runCreate } from './create/run.ts';
import { pluginSource } from './plugin-source.ts';
import { selectAndResolve } from './settings.ts';
import { currentDirectory } from './start/cwd.ts';

export type { Applied, Environment, Interpreter, LinkMode, Plan, SeedPackage, Step } from '@vivarium/core';
export { isVivariumError, VivariumError } from '@vivarium/core';

/** What {@link createEnvironment} and {@link planEnvironment} are asked for. Settings are named as in the command, in camel case. */
export interface EnvironmentOptions {
  /** Where the environment is to be created; a relative path is meant from `cwd`. */
  readonly destination: string;
  /** Specs or paths, in order of preference: `'3.12'`, `'>=3.9,<3.13'`, `'/usr/bin/python3'`. @default what `python3` means here */
  readonly python?: string | readonly string[];
  /** @default the working directory's or destination's name, as the command has it */
  readonly prompt?: string;
  readonly systemSitePackages?: boolean;
  readonly copies?: boolean;
  readonly symlinks?: boolean;
  /** Replace an environment that exists. */
  readonly clear?: boolean;
  /** Let `clear` replace a directory that is not an environment. */
  readonly force?: boolean;
  /** Start the new Python once and believe only its answer. */
  readonly verify?: boolean;
  readonly noVcsIgnore?: boolean;
  /** The directory of the cache. @default the user's own */
  readonly appData?: string;
  readonly readOnlyAppData?: boolean;
  /** A file to write a bill of materials to (CycloneDX 1.6, JSON); a relative path is meant from `cwd`. */
  readonly sbom?: string;
  /** A name or a plugin. */
  readonly discovery?: string | Discoverer;
  /** A name or a plugin. @default the first official one that supports the interpreter */
  readonly creator?: string | Creator;
  /** A name or a plugin; `false` puts no packages in. @default 'app-data' */
  readonly seeder?: string | Seeder | false;
  /** Names or plugins. @default all official ones that support the interpreter */
  readonly activators?: readonly (string | Activator)[];
  /** Packages whose plugins take part next to the official ones, and can be named: `['vivarium-activator-elvish']`. */
  readonly plugins?: readonly string[];
  /** Directories to look for plugins from, after the working directory: `import.meta.dirname`, say. */
  readonly pluginRoot?: readonly string[];
  /** Settings that the selected plugins declare: `{ pip: '24.0', linkMode: 'copy' }`. */
  readonly pluginSettings?: Readonly<Record<string, boolean | number | string | readonly string[]>>;
  /** Whether variables (`VIVARIUM_…`) and configuration files count too, as they do for the command. @default false */
  readonly readConfiguration?: boolean;
  /** The variables to look for interpreters with and to give to processes. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** @default process.cwd() */
  readonly cwd?: string;
  /** Aborting it takes away what was created; the promise rejects with the code `INTERRUPTED`. */
  readonly signal?: AbortSignal;
  /** Told what is no error, one sentence at a time. */
  readonly onWarn?: (message: string) => void;
  /** Told what is being done. */
  readonly onDebug?: (message: string) => void;
}

/** An environment that stands. */
export interface CreatedEnvironment {
  readonly environment: Environment;
  /** Absolute paths in it: the interpreter, the scripts directory, site-packages. */
  readonly paths: Readonly<Record<'executable' | 'scripts' | 'purelib' | 'platlib', string>>;
  /** What was done. */
  readonly plan: Plan;
  readonly applied: Applied;
}

/**
 * Creates a Python virtual environment. It appears at its destination whole, or not at all.
 *
 * @example
 * const { paths } = await createEnvironment({ destination: '.venv', python: '>=3.10' });
 * spawn(paths.executable, ['-m', 'pip', 'install', 'requests']);
 *
 * @throws VivariumError with a permanent `code`, a sentence and a hint
 */
export async function createEnvironment(options: EnvironmentOptions): Promise<CreatedEnvironment> {
  const { plan, applied } = await run(options, { dryRun: false });
  if (applied === undefined) throw new TypeError('A run that is no dry run applies its plan');
  return { environment: plan.environment, paths: pathsOfEnvironment(plan.environment), plan, applied };
}

/**
 * Plans an environment without making it: every directory, file, link and process, as data. Only the cache is written
 * to.
 *
 * @throws VivariumError as {@link createEnvironment} does
 */
export async function planEnvironment(options: EnvironmentOptions): Promise<Plan> {
  return (await run(options, { dryRun: true })).plan;
}

async function run(options: EnvironmentOptions, { dryRun }: { readonly dryRun: boolean }): Promise<CreateResult> {
  const cwd = options.cwd ?? currentDirectory();
  const env = options.env ?? process.env;
  const given = new GivenPlugins();
  const layers: SettingLayers = {
    flags: flagsOf(options, given),
    env: options.readConfiguration ? env : {},
    files: options.readConfiguration ? await readConfigFiles({ env, cwd }) : [],
    cwd,
  };
  const { plugins, settings } = await selectAndResolve({
    ownOptions: {},
    early: layers,
    all: () => layers,
    source: (settings) => given.over(pluginSource(layers, settings)),
  });
  return runCreate({
    destination: options.destination,
    plugins,
    settings,
    dryRun,
    ...(options.sbom === undefined ? {} : { sbom: resolve(cwd, options.sbom) }),
    env,
    cwd,
    signal: options.signal ?? new AbortController().signal,
    warn: options.onWarn ?? (() => {}),
    debug: options.onDebug ?? (() => {}),
  });
}

/** Plugins that a caller hands over as objects. */
class GivenPlugins {
  readonly #given = new Map<string, Plugin<PluginKind>>();

  /** The name under which a plugin will be asked for. */
  nameOf(plugin: string | Plugin<PluginKind>): string {
    if (typeof plugin === 'string') return plugin;
    this.#given.set(`${plugin.kind} ${plugin.name}`, plugin);
    return plugin.name;
  }

  /** A source that has these plugins before all others. */
  over(source: PluginSource): PluginSource {
    return {
      ...source,
      load: async (kind, name, asked) => this.#given.get(`${kind} ${name}`) ?? source.load(kind, name, asked),
    };
  }
}

const PASSED_ON = [
  'prompt',
  'systemSitePackages',
  'copies',
  'symlinks',
  'clear',
  'force',
  'verify',
  'noVcsIgnore',
  'appData',
  'readOnlyAppData',
  'plugins',
  'pluginRoot',
] as const satisfies readonly (keyof EnvironmentOptions)[];

/** What a caller asked for, as if it had been typed: `python` in place of `--python`. */
function flagsOf(options: EnvironmentOptions, given: GivenPlugins): Record<string, FlagValue> {
  const values: Record<string, FlagValue['value'] | undefined> = { ...options.pluginSettings };
  for (const name of PASSED_ON) values[name] = options[name];
  const { python, discovery, creator, seeder, activators } = options;
  values.python = typeof python === 'string' ? [python] : python;
  values.discovery = discovery && given.nameOf(discovery);
  values.creator = creator && given.nameOf(creator);
  if (seeder === false) values.noSeed = true;
  else values.seeder = seeder && given.nameOf(seeder);
  values.activators = activators?.map((activator) => given.nameOf(activator));
  return Object.fromEntries(
    Object.entries(values).flatMap(([flag, value]) => (value === undefined ? [] : [[flag, { flag, value }]])),
  );
}
