import type { Plugin, PluginKind } from '../plugin.ts';
import type { SettingSource } from '../settings/source.ts';

/** Where plugins come from by name. */
export interface PluginSource {
  /** The names that are asked when the user named none: creators in order of preference, and all activators. */
  readonly defaults: Readonly<Record<'creator' | 'activator', readonly string[]>>;
  /**
   * The plugin of that name.
   *
   * @throws VivariumError `PLUGIN_NOT_FOUND` and its kin, naming the setting that asked
   */
  load(kind: PluginKind, name: string, source: SettingSource): Promise<Plugin<PluginKind>>;
}
