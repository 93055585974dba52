import type { coreOptions } from '../settings/core-options.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import type { InstalledPlugins } from './by-name/open-installed.ts';
import { findOfficial, type OfficialPlugins } from './official-plugins.ts';
import type { PluginSource } from './plugin-source.ts';

/** The program that plugins are loaded into: what it brings, and the places that installed plugins are looked for from. */
export interface PluginHost {
  readonly official: OfficialPlugins;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The place for names from flags, variables and calls. */
  readonly cwd: string;
  /** The path by which the program was started, with its links not resolved. @default process.argv[1] */
  readonly startedAs?: string;
  /** The file of the program itself, as it really is. */
  readonly ownFile: string;
}

/**
 * Plugins by name: first those that the program brings, then installed ones. Only what is named is imported, and unless
 * something is named that the program does not bring, nothing is looked for at all.
 *
 * @example
 * const source = openPluginSource(host, resolveSettings(coreOptions, layers));
 * await source.load('activator', 'elvish', { layer: 'call', name: 'activators' });
 */
export function openPluginSource(host: PluginHost, settings: ResolvedSettings<typeof coreOptions>): PluginSource {
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
    load: async (kind, name, source) =>
      (await findOfficial(host.official, kind, name)) ?? (await openInstalled()).load(kind, name, source),
    originOf: (plugin) => opened?.originOf(plugin),
    notes: () => opened?.notes ?? [],
  };
}
