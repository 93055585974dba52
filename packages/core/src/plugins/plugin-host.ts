import type { coreOptions } from '../settings/core-options.ts';
import type { ResolvedSettings } from '../settings/resolve.ts';
import type { OfficialPlugins } from './official-plugins.ts';

/** The core settings that say where plugins are looked for, and which are listed. */
export type PluginSourceSetting = 'plugins' | 'pluginRoot' | 'projectPlugins';

/** Their values, with where each came from. */
export type PluginSourceSettings = ResolvedSettings<Pick<typeof coreOptions, PluginSourceSetting>>;

/** The program that plugins are loaded into: what it brings, and the places that installed plugins are looked for from. */
export interface PluginHost {
  readonly official: OfficialPlugins;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The place for names from flags, variables and calls. */
  readonly cwd: string;
  /** The path by which the program was started, with its links not resolved. @default process.argv[1] */
  readonly startedAs?: string;
  /** The file of the program itself, as it really is; unknown where it is part of another program's file. */
  readonly ownFile: string | undefined;
}
