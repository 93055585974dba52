import { resolve } from 'node:path';
import {
  type Applied,
  coreOptions,
  type Environment,
  type Options,
  type Plan,
  type SettingLayers,
} from '@vivarium/core/host';
import { cliOptions } from './cli-options.ts';
import { readConfigFiles } from './config/config-files.ts';
import { pathsOfEnvironment } from './create/json-report.ts';
import type { CreateResult } from './create/request.ts';
import { runCreate } from './create/run.ts';
import { inCallerWords, translate } from './library/caller-words.ts';
import { checkOptions, checkPluginSettings } from './library/check-options.ts';
import type { EnvironmentOptions, LockOptions } from './library/environment-options.ts';
import { GivenPlugins } from './library/given-plugins.ts';
import type { PackageLock } from './library/lock-packages.ts';
import { pluginSource } from './plugin-source.ts';
import { selectAndResolve } from './settings.ts';
import { currentDirectory } from './start/cwd.ts';

export type { Applied, Environment, Interpreter, LinkMode, Plan, SeedPackage, Step } from '@vivarium/core/host';
export { isVivariumError, VivariumError } from '@vivarium/core/host';
export type { Listed, ListedEnvironment, Relocated, TrashEntry, Undone } from '@vivarium/environments';
export type {
  EnvironmentOptions,
  LockOptions,
  PluginSettings,
  PluginSettingValue,
} from './library/environment-options.ts';
export {
  cloneEnvironment,
  type ListOptions,
  listEnvironments,
  moveEnvironment,
  type RelocateOptions,
  type RemoveOptions,
  removedEnvironments,
  removeEnvironment,
  restoreEnvironment,
} from './library/keep-environments.ts';
export type { PackageLock } from './library/lock-packages.ts';

/** An environment that was created. */
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
 * @throws VivariumError with a permanent `code`, a sentence and a hint, in the names of the options; `SETTING_INVALID`
 *   for options that are unknown or of the wrong type
 */
export async function createEnvironment(options: EnvironmentOptions): Promise<CreatedEnvironment> {
  const { plan, applied } = await run(options, { dryRun: false });
  if (applied === undefined) throw new TypeError('A run that is no dry run applies its plan');
  return { environment: plan.environment, paths: pathsOfEnvironment(plan.environment), plan, applied };
}

/**
 * Plans an environment without creating it: every directory, file, link and process, as data. Only the cache is written
 * to.
 *
 * @throws VivariumError as {@link createEnvironment} does
 */
export async function planEnvironment(options: EnvironmentOptions): Promise<Plan> {
  return (await run(options, { dryRun: true })).plan;
}

/**
 * Resolves requirements into a lock for one Python, with pip or uv. Nothing is installed.
 *
 * @example
 * const { text } = await lockPackages({ with: ['django>=5,<6'], python: '3.13' });
 * writeFileSync('pylock.toml', text);
 *
 * @throws VivariumError `RESOLUTION_FAILED` with what the resolver says, and as {@link createEnvironment} does
 */
export async function lockPackages(options: LockOptions): Promise<PackageLock> {
  return (await import('./library/lock-packages.ts')).lockPackages(options);
}

async function run(options: EnvironmentOptions, { dryRun }: { readonly dryRun: boolean }): Promise<CreateResult> {
  const given = new GivenPlugins();
  const call = checkOptions(options, given);
  const cwd = call.cwd === undefined ? currentDirectory() : resolve(call.cwd);
  const env = call.env ?? process.env;
  const { sbom } = cliOptions;
  let known: Options = { ...coreOptions, sbom };
  try {
    const early: SettingLayers = {
      flags: call.settings,
      env: call.readConfiguration ? env : {},
      files: call.readConfiguration ? await readConfigFiles({ env, cwd }) : [],
      cwd,
    };
    const { plugins, settings } = await selectAndResolve({
      ownOptions: {},
      early,
      all: (declared) => {
        known = { ...declared, sbom };
        const flags = checkPluginSettings(call.pluginSettings, declared);
        return Object.keys(flags).length === 0 ? early : { ...early, flags: { ...early.flags, ...flags } };
      },
      source: (settings) => given.over(pluginSource(early, settings)),
    });
    return await runCreate({
      destination: call.destination,
      plugins,
      settings,
      dryRun,
      ...(call.sbom === undefined ? {} : { sbom: resolve(cwd, call.sbom) }),
      env,
      cwd,
      signal: call.signal ?? new AbortController().signal,
      warn: (message) => call.onWarn?.(translate(message, known)),
      debug: (message) => call.onDebug?.(message),
    });
  } catch (error) {
    throw inCallerWords(error, known);
  }
}
