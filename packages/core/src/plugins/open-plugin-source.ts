import type { InstalledPlugins } from './by-name/open-installed.ts';
import { findOfficial, officialFamily } from './official-plugins.ts';
import type { PluginHost, PluginSourceSettings } from './plugin-host.ts';
import type { PluginSource } from './plugin-source.ts';

/**
 * Plugins by name: first those that the program brings, then installed ones. Only what is named is imported, and unless
 * something is named that the program does not bring, nothing is looked for at all.
 *
 * @example
 * const source = openPluginSource(host, resolveSettings(coreOptions, layers));
 * await source.load('activator', 'elvish', { layer: 'call', name: 'activators' });
 */
export function openPluginSource(host: PluginHost, settings: PluginSourceSettings): PluginSource {
  let installed: Promise<InstalledPlugins> | undefined;
  let opened: InstalledPlugins | undefined;
  const openInstalled = async (): Promise<InstalledPlugins> => {
    installed ??= import('./by-name/open-installed.ts').then((part) => part.openInstalled(host, settings));
    opened = await installed;
    return opened;
  };
  return {
    defaults: async (kind) => {
      const official = Object.keys(await host.official.table[kind]());
      if (settings.values.plugins === undefined) return official;
      const listed = await (await openInstalled()).namesOf(kind);
      return kind === 'creator' ? [...listed, ...official] : [...official, ...listed];
    },
    family: (kind, name) => officialFamily(host.official, kind, name),
    load: async (kind, name, source) =>
      (await findOfficial(host.official, kind, name)) ?? (await openInstalled()).load(kind, name, source),
    originOf: (plugin) => opened?.originOf(plugin),
    notes: () => opened?.notes ?? [],
  };
}
