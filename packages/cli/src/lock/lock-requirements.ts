import { resolve } from 'node:path';
import {
  type Context,
  coreOptions,
  type Discoverer,
  discovererNames,
  type Interpreter,
  type Options,
  openConfiguredCache,
  resolveSettings,
  type SettingLayers,
  type Settings,
  VivariumError,
} from '@vivarium/core/host';
import type { RunContext } from '../create/request.ts';
import { pluginSource } from '../plugin-source.ts';
import { settingsError } from '../settings.ts';
import type { Resolution } from './request.ts';

const { requirements, resolver, allowBuild, python, discovery, appData, readOnlyAppData, resetAppData } = coreOptions;

/** The settings of a lock: what is resolved, for which Python, and where the cache is. */
export const lockSettings = {
  requirements,
  with: coreOptions.with,
  resolver,
  allowBuild,
  python,
  discovery,
  appData,
  readOnlyAppData,
  resetAppData,
} as const;

/** What a run that only resolves starts from. */
export interface LockRequest extends Omit<RunContext, 'cwd'> {
  readonly layers: SettingLayers;
}

/** A lock, and the Python that it is for. */
export interface LockResult extends Resolution {
  readonly interpreter: Interpreter;
}

/**
 * Finds the interpreter, and lets a resolver turn the requirements of the settings into a lock for it.
 *
 * @throws VivariumError when a setting is wrong, no interpreter is found, or the requirements can't be resolved
 */
export async function lockRequirements({ layers, ...run }: LockRequest): Promise<LockResult> {
  const early = resolveSettings(coreOptions, layers);
  const own = resolveSettings(lockSettings, layers);
  if (own.problems.length > 0) throw settingsError(own.problems, 'lock');
  const settings = own.values;
  const source = pluginSource(layers, early);
  const [first, ...others] = await Promise.all(
    (await discovererNames(settings.discovery, source)).map(async (name) => {
      const discoverer = (await source.load('discoverer', name, own.sources.discovery)) as Discoverer;
      const { values } = resolveSettings(discoverer.options ?? {}, layers);
      return { discoverer, settings: values as Settings<Options> };
    }),
  );
  const cache = openConfiguredCache({ settings, env: run.env, warn: run.warn });
  const context: Context = { ...run, cwd: layers.cwd, cache };
  try {
    const { findInterpreter } = await import('@vivarium/discovery');
    if (first === undefined) throw new TypeError('A name stands for one plugin at least');
    const { interpreter } = await findInterpreter({ specs: settings.python ?? [], ...first, others, context });
    context.debug(`interpreter ${interpreter.executable}`);
    const { resolveRequirements } = await import('./resolve-requirements.ts');
    const resolution = await resolveRequirements(settings.resolver, {
      files: (settings.requirements ?? []).map((file) => resolve(layers.cwd, file)),
      specs: settings.with ?? [],
      allowBuild: settings.allowBuild,
      interpreter,
      context,
    });
    return { ...resolution, interpreter };
  } catch (error) {
    throw run.signal.aborted ? new VivariumError('INTERRUPTED', 'Interrupted', { cause: error }) : error;
  } finally {
    cache.close();
  }
}
