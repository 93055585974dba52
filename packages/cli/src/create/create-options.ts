import {
  coreOptions,
  messageOf,
  type Options,
  resolveSettings,
  type SettingLayers,
  selectPlugins,
} from '@vivarium/core/host';
import { cliOptions } from '../cli-options.ts';
import { pluginSource } from '../plugin-source.ts';

/** The options of `create`: core's, those of the selected plugins, and the command's own. */
export async function createOptions(layers: SettingLayers, warn: (message: string) => void): Promise<Options> {
  return { ...coreOptions, ...(await selectedOptions(layers, warn)), ...cliOptions };
}

/** The options of the plugins that the settings name; of the official ones where those cannot be loaded. */
export async function selectedOptions(layers: SettingLayers, warn: (message: string) => void): Promise<Options> {
  try {
    return await optionsOf(layers);
  } catch (error) {
    warn(`only the options of the official plugins are listed: ${messageOf(error)}`);
    return optionsOf({ ...layers, flags: {}, env: {}, files: [] });
  }
}

async function optionsOf(layers: SettingLayers): Promise<Options> {
  const early = resolveSettings(coreOptions, layers);
  return (await selectPlugins(early, pluginSource(layers, early))).options;
}
