import { coreOptions, formatVersion, type Options, PLUGIN_KINDS, type SettingLayers } from '@vivarium/core';
import { cliOptions } from '../cli-options.ts';
import { officialPlugins } from '../official/plugins.ts';
import { KIND_OF, type NamingSetting } from './asked-about.ts';
import { listPlugins } from './list.ts';
import type { PluginRow } from './row.ts';

/**
 * What can be named there: every plugin of the kind in the order in which they are asked, with yes or the reason no.
 *
 * @param read the settings, as far as they are among these options: those of all plugins may decide what one answers
 */
export async function choices(asked: NamingSetting, read: (options: Options) => SettingLayers): Promise<string> {
  const tables = await Promise.all(PLUGIN_KINDS.map((kind) => officialPlugins.table[kind]()));
  const plugins = tables.flatMap((table) => Object.values(table));
  const layers = read(Object.assign({}, coreOptions, cliOptions, ...plugins.map(({ options }) => options)));
  const { [asked]: _, ...flags } = layers.flags;
  const { rows, interpreter } = await listPlugins({ ...layers, flags });
  const own = rows.filter(({ kind }) => kind === KIND_OF[asked]);
  const width = Math.max(...own.map(({ name }) => name.length));
  const about = interpreter === null ? '' : `${interpreter.implementation} ${formatVersion(interpreter.version)}`;
  return own.map((row) => `${row.name.padEnd(width)}  ${row.title}${answer(row, about)}`).join('\n');
}

function answer({ supports, because }: PluginRow, about: string): string {
  if (supports === null) return '';
  return supports ? `: yes, for ${about}` : `: no, because ${because}`;
}
