import { VivariumError } from '../error.ts';
import type { Plugin, PluginKind } from '../plugin.ts';
import { nearName } from '../report/near-name.ts';
import type { SettingSource } from '../settings/source.ts';

/** Plugins that are there without being installed: what loads all of a kind, by name, in the order of preference. */
export type PluginTable = Readonly<Record<PluginKind, () => Promise<Readonly<Record<string, Plugin<PluginKind>>>>>>;

/** Other names that people type for the plugins of a table. */
export type PluginAliases = Readonly<Partial<Record<PluginKind, Readonly<Record<string, string>>>>>;

/**
 * Loads a plugin out of a table.
 *
 * @throws VivariumError `PLUGIN_NOT_FOUND` (exit code 2) with near names and all names there are
 */
export async function loadFromTable(
  { table, aliases }: { readonly table: PluginTable; readonly aliases: PluginAliases },
  { kind, name, source }: { readonly kind: PluginKind; readonly name: string; readonly source: SettingSource },
): Promise<Plugin<PluginKind>> {
  const official = aliases[kind]?.[name] ?? name;
  const plugins = await table[kind]();
  if (Object.hasOwn(plugins, official) && plugins[official] !== undefined) return plugins[official];
  const names = Object.keys(plugins);
  const near = await nearName(name, [...names, ...Object.keys(aliases[kind] ?? {})]);
  throw new VivariumError('PLUGIN_NOT_FOUND', `There is no ${kind} named \`${name}\` (asked for by ${source.name})`, {
    source: source.name,
    exitCode: 2,
    hint: `${near === undefined ? '' : `Did you mean \`${near}\`? `}There is: ${names.join(', ')}.`,
  });
}
