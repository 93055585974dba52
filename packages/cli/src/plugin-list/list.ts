import {
  coreOptions,
  creatorNames,
  type Interpreter,
  isVivariumError,
  PLUGIN_KINDS,
  type PluginKind,
  type PluginSource,
  resolveSettings,
  SETTING_OF,
  type SettingLayers,
} from '@vivarium/core/host';
import { type JsonError, jsonError } from '../json/envelope.ts';
import { officialPlugins } from '../official/plugins.ts';
import { pluginSource } from '../plugin-source.ts';
import { type Answers, type Attempt, askPlugins, type ListedPlugin } from './ask.ts';
import { type PluginRow, pluginRow } from './row.ts';

/** All plugins that are there or are named, and what could not be found out. */
export interface PluginList {
  /** The one that an environment would be made for; `null` when none is found. */
  readonly interpreter: Interpreter | null;
  /** By kind, and within a kind in the order in which they are asked. */
  readonly rows: readonly PluginRow[];
  readonly problems: readonly JsonError[];
  /** Where plugins were loaded from, and what was ignored. */
  readonly notes: readonly string[];
}

/** Lists the plugins that come with the command, those of listed packages, and those that settings name. */
export async function listPlugins(layers: SettingLayers): Promise<PluginList> {
  const problems: JsonError[] = [];
  const early = resolveSettings(coreOptions, layers);
  const source = pluginSource(layers, early);
  const attempt: Attempt = async (ask) => {
    try {
      return await ask();
    } catch (error) {
      if (!isVivariumError(error) || error.code === 'INTERRUPTED') throw error;
      if (!problems.some((known) => known.message === error.message)) problems.push(jsonError(error));
      return undefined;
    }
  };

  const listed: ListedPlugin[] = [];
  for (const kind of PLUGIN_KINDS) {
    const named = await namedIn(early.values, kind, source);
    const defaults = (await attempt(() => source.defaults(kind))) ?? Object.keys(await officialPlugins.table[kind]());
    for (const name of new Set([...defaults, ...(named ?? [])])) {
      const plugin = await attempt(() => source.load(kind, name, early.sources[SETTING_OF[kind]]));
      if (plugin === undefined) continue;
      const isMeant = named?.includes(name) ?? (kind === 'creator' || kind === 'activator');
      const index = listed.findIndex((entry) => entry.plugin === plugin);
      if (index === -1) listed.push({ plugin, isMeant });
      else if (isMeant) listed[index] = { plugin, isMeant };
    }
  }

  const answers = await askPlugins(listed, { layers, attempt });
  return {
    interpreter: answers.interpreter ?? null,
    rows: listed.map((entry) => rowOf(entry, listed, { source, answers })),
    problems,
    notes: source.notes?.() ?? [],
  };
}

/** The names that the settings give for a kind; nothing where they leave it to the command. */
async function namedIn(
  values: ReturnType<typeof resolveSettings<typeof coreOptions>>['values'],
  kind: PluginKind,
  source: PluginSource,
): Promise<readonly string[] | undefined> {
  if (kind === 'activator') return values.activators;
  if (kind === 'seeder' && values.noSeed) return [];
  const name = values[SETTING_OF[kind]] as string;
  if (kind !== 'creator') return [name];
  return name === 'builtin' ? undefined : creatorNames(name, source);
}

function rowOf(
  { plugin, isMeant }: ListedPlugin,
  listed: readonly ListedPlugin[],
  { source, answers }: { readonly source: PluginSource; readonly answers: Answers },
): PluginRow {
  const support = answers.supports.get(plugin);
  const asked = listed.filter((entry) => entry.plugin.kind === 'creator' && entry.isMeant);
  const place = asked.findIndex((entry) => entry.plugin === plugin);
  return pluginRow(plugin, {
    selected: plugin.kind === 'creator' ? answers.creator === plugin : isMeant && (support ?? true) === true,
    order: place === -1 ? null : place + 1,
    support,
    origin: source.originOf?.(plugin),
  });
}
