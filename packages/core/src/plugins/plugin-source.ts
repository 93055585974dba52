import type { Plugin, PluginKind } from '../plugin.ts';
import type { SettingSource } from '../settings/source.ts';

/** Where plugins come from by name. */
export interface PluginSource {
  /**
   * The names of a kind that are there without being looked for: those that come with the program, and those of the
   * packages in the setting `plugins`. When the user names none, creators are asked in this order and all activators
   * are taken.
   */
  defaults(kind: PluginKind): Promise<readonly string[]>;
  /**
   * The names of the plugins that a name stands for together: `--creator pypy` for the creators of PyPy on each platform.
   * Empty for a name that is one plugin's.
   */
  family?(kind: PluginKind, name: string): Promise<readonly string[]>;
  /**
   * The plugin of that name.
   *
   * @throws VivariumError `PLUGIN_NOT_FOUND` and its kin, naming the setting that asked
   */
  load(kind: PluginKind, name: string, source: SettingSource): Promise<Plugin<PluginKind>>;
  /** Where a plugin that `load` gave came from; nothing for one that the caller had available. */
  originOf?(plugin: Plugin<PluginKind>): PluginOrigin | undefined;
  /** What `--verbose` tells: where plugins were loaded from, and what was skipped. */
  notes?(): readonly string[];
}

/** Where an installed plugin was loaded from. */
export interface PluginOrigin {
  /** The package's name and version; missing for a file that the user pointed at. */
  readonly package?: string;
  readonly version?: string;
  /** The file that was imported, absolute. */
  readonly file: string;
}
