import {
  type coreOptions,
  openPluginSource,
  type PluginSource,
  type ResolvedSettings,
  type SettingLayers,
} from '@vivarium/core';
import { officialPlugins } from './official/plugins.ts';
import { packageLocation } from './version.ts';

/** Plugins by name: those that come with this package, and those that are installed. */
export function pluginSource(
  { env, workingFolder }: Pick<SettingLayers, 'env' | 'workingFolder'>,
  settings: ResolvedSettings<typeof coreOptions>,
): PluginSource {
  return openPluginSource({ official: officialPlugins, env, workingFolder, ownFile: packageLocation() }, settings);
}
