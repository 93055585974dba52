import type { Activator } from '../activator.ts';
import type { Creator } from '../creator.ts';
import type { Discoverer } from '../discoverer.ts';
import { type Awaitable, type Plugin, type PluginKind, SETTING_OF } from '../plugin.ts';
import type { Seeder } from '../seeder.ts';
import { coreOptions } from '../settings/core-options.ts';
import type { Options } from '../settings/option.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import { pluginOptions } from './plugin-options.ts';
import type { PluginSource } from './plugin-source.ts';

/** The plugins that take part in a run. */
export interface SelectedPlugins {
  readonly discoverer: Discoverer;
  /** Asked after it, in order: the other official ones, where the user named none. */
  readonly otherDiscoverers?: readonly Discoverer[];
  /** Those to ask, in order; a single one when the user named it. */
  readonly creators: readonly Creator[];
  /** Missing where nothing is to be installed, whatever the settings say. */
  readonly seeder?: Seeder;
  readonly activators: readonly Activator[];
  /** The options that these plugins declare, together. */
  readonly options: Options;
  /** What `--verbose` tells: where installed plugins were loaded from, and what was skipped. */
  readonly notes: readonly string[];
}

/**
 * Loads the plugins that the settings name, and the default ones where they name none.
 *
 * @param ownOptions options of the program, besides core's, whose names plugins can't have
 */
export async function selectPlugins(
  { values, sources }: ResolvedSettings<typeof coreOptions>,
  source: PluginSource,
  ownOptions: Options = {},
): Promise<SelectedPlugins> {
  const load = (kind: PluginKind, name: string): Promise<Plugin<PluginKind>> =>
    source.load(kind, name, sources[SETTING_OF[kind]]);
  const [discoverers, seeder, creators, activators] = await Promise.all([
    loadAll(discovererNames(values.discovery, source), (name) => load('discoverer', name)),
    // Also when nothing is to be put in: its options may be given all the same (`--no-seed --no-download`).
    load('seeder', values.seeder),
    loadAll(creatorNames(values.creator, source), (name) => load('creator', name)),
    loadAll(values.activators ?? source.defaults('activator'), (name) => load('activator', name)),
  ]);
  const all = [...discoverers, ...creators, seeder, ...activators];
  const [discoverer, ...otherDiscoverers] = discoverers as [Discoverer, ...Discoverer[]];
  return {
    discoverer,
    otherDiscoverers,
    creators: creators as Creator[],
    seeder: seeder as Seeder,
    activators: activators as Activator[],
    options: pluginOptions(all, { ...coreOptions, ...ownOptions }),
    notes: source.notes?.() ?? [],
  };
}

/** The names of the creators that a value of the setting stands for, in the order in which they are asked. */
export async function creatorNames(value: string, source: PluginSource): Promise<readonly string[]> {
  return value === 'builtin' ? source.defaults('creator') : namesOf('creator', value, source);
}

/** The names of the discoverers that a value of the setting stands for, in the order in which they are asked. */
export function discovererNames(value: string, source: PluginSource): Promise<readonly string[]> {
  return namesOf('discoverer', value, source);
}

async function namesOf(kind: PluginKind, value: string, source: PluginSource): Promise<readonly string[]> {
  const family = (await source.family?.(kind, value)) ?? [];
  return family.length > 0 ? family : [value];
}

/** Each plugin once, also when it was named by two of its names. */
async function loadAll<T>(names: Awaitable<readonly string[]>, load: (name: string) => Promise<T>): Promise<T[]> {
  return [...new Set(await Promise.all([...new Set(await names)].map(load)))];
}
