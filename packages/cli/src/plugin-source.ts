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

/** What webpack defines in a bundle; it puts the URL that the file had when it was built in the place of ours. */
declare const __webpack_require__: unknown;

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
      // Bundlers put nothing in its place, or what is not a path of this machine.
      const url = typeof __webpack_require__ === 'undefined' ? (import.meta.url as string | undefined) : undefined;
      return url?.startsWith('file:') ? fileURLToPath(url) : undefined;
    },
  };
  return openPluginSource(host, settings);
}
