import type { Plugin, PluginKind } from '../plugin.ts';
import type { SettingSource } from '../settings/source.ts';

/** Where plugins come from by name. */
export interface PluginSource {
  /** The names of a kind that are taken when the user named none: creators in the order in which they are asked. */
  defaults(kind: 'creator' | 'activator'): Promise<readonly string[]>;
  /**
   * The plugin of that name.
   *
   * @throws VivariumError `PLUGIN_NOT_FOUND` and its kin, naming the setting that asked
   */
  load(kind: PluginKind, name: string, source: SettingSource): Promise<Plugin<PluginKind>>;
}
