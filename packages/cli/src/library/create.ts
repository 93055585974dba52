import { resolve } from 'node:path';
import {
  type Applied,
  type Cache,
  coreOptions,
  type Environment,
  type Options,
  openConfiguredCache,
  type Plan,
  resolveSettings,
  type SettingLayers,
  type Warn,
} from '@vivarium/core/host';
import { pauseEvery } from '@vivarium/core/internal';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import type { CreateResult } from '../create/request.ts';
import { runCreate } from '../create/run.ts';
import { pluginSource } from '../plugin-source.ts';
import { selectAndResolve } from '../settings.ts';
import { currentDirectory } from '../start/cwd.ts';
import { inCallerWords, translate } from './caller-words.ts';
import { type CheckedCall, checkOptions, checkPluginSettings } from './check-options.ts';
import type { EnvironmentOptions } from './environment-options.ts';
import { GivenPlugins } from './given-plugins.ts';
import { type EnvironmentHandle, handleOf } from './handle.ts';

/** An environment that was created. */
export interface CreatedEnvironment extends EnvironmentHandle {
  readonly environment: Environment;
  /** What was done. */
  readonly plan: Plan;
  readonly applied: Applied;
}

/** How long the host's event loop may be held at a time, in milliseconds. What can't be divided may take longer. */
export const SLICE_MS = 5;

/** What differs from what the caller asked for. */
export interface CallChanges {
  /** Settings of core, as flags. */
  readonly settings?: CheckedCall['settings'];
  /** No seeds are installed, whatever the settings of the seeder are. */
  readonly keepsSeeds?: boolean;
}

/** A call whose options were checked, with what it takes from the process. */
export interface OpenCall {
  readonly call: CheckedCall;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** The settings as far as they are known before the plugins are. */
  layers(changes?: CallChanges): Promise<SettingLayers>;
  /** The cache that the settings name; to be closed. */
  openCache(): Promise<Cache>;
  /** Plans the environment, and creates it unless it is a dry run. */
  create(changes?: CallChanges & { readonly dryRun?: boolean }): Promise<CreateResult>;
  /** The same error in the words of the library's options. */
  inWords(error: unknown): unknown;
  readonly warn: Warn;
  readonly debug: (message: string) => void;
}

/**
 * Checks the options of a call.
 *
 * @throws VivariumError `SETTING_INVALID`
 */
export function openCall(options: EnvironmentOptions): OpenCall {
  const given = new GivenPlugins();
  const call = checkOptions(options, given);
  const cwd = call.cwd === undefined ? currentDirectory() : resolve(call.cwd);
  const env = call.env ?? process.env;
  const signal = call.signal ?? new AbortController().signal;
  const { sbom } = cliOptions;
  let known: Options = { ...coreOptions, sbom };
  const warn: Warn = (text, code = 'OTHER') => {
    const message = translate(text, known);
    call.onWarn?.(message);
    call.onEvent?.({ type: 'warning', code, message });
  };
  const debug = (message: string): void => call.onDebug?.(message);

  async function layers({ settings = {} }: CallChanges = {}): Promise<SettingLayers> {
    return {
      flags: { ...call.settings, ...settings },
      env: call.readConfiguration ? env : {},
      files: call.readConfiguration ? await readConfigFiles({ env, cwd }) : [],
      cwd,
    };
  }

  async function create(changes: CallChanges & { readonly dryRun?: boolean } = {}): Promise<CreateResult> {
    const early = await layers(changes);
    const { plugins, settings } = await selectAndResolve({
      ownOptions: {},
      early,
      all: (declared) => {
        known = { ...declared, sbom };
        const flags = checkPluginSettings(call, declared);
        return Object.keys(flags).length === 0 ? early : { ...early, flags: { ...early.flags, ...flags } };
      },
      source: (resolved) => given.over(pluginSource(early, resolved)),
    });
    return runCreate({
      destination: call.destination,
      plugins,
      settings: changes.keepsSeeds && !settings.exact ? { ...settings, noSeed: true } : settings,
      dryRun: changes.dryRun ?? false,
      isUndoable: true,
      readsProject: call.readConfiguration,
      ...(call.sbom === undefined ? {} : { sbom: resolve(cwd, call.sbom) }),
      env,
      cwd,
      signal,
      pause: pauseEvery(SLICE_MS),
      emit: call.onEvent,
      warn,
      debug,
    });
  }

  async function openCache(): Promise<Cache> {
    const { values } = resolveSettings(coreOptions, await layers());
    return openConfiguredCache({ settings: { ...values, resetAppData: false }, env, warn });
  }

  return {
    openCache,
    call,
    cwd,
    env,
    signal,
    layers,
    create,
    inWords: (error) => inCallerWords(error, known),
    warn,
    debug,
  };
}

/** What a caller gets of an environment that was created. */
export function createdFrom({ plan, applied }: Pick<CreateResult, 'plan' | 'applied'>): CreatedEnvironment {
  if (applied === undefined) throw new TypeError('A run that is not a dry run applies its plan');
  return { environment: plan.environment, ...handleOf(plan.environment), plan, applied };
}
