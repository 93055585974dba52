import { fileURLToPath } from 'node:url';
import {
  type coreOptions,
  openPluginSource,
  type PluginHost,
  type PluginSource,
  type ResolvedSettings,
  type SettingLayers,
} from '@vivarium/core/host';
import { officialPlugins } from './official/plugins.ts';

/** Plugins by name: those that come with this package, and those that are installed. */
export function pluginSource(
  { env, cwd }: Pick<SettingLayers, 'env' | 'cwd'>,
  settings: ResolvedSettings<typeof coreOptions>,
): PluginSource {
  const host: PluginHost = {
    official: officialPlugins,
    env,
    cwd,
    // Most runs look for no plugin, and Node's part that reads URLs is slow to start.
    get ownFile() {
      return fileURLToPath(import.meta.url);
    },
  };
  return openPluginSource(host, settings);
}
