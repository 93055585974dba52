import {
  coreOptions,
  type Options,
  resolveSettings,
  type SettingLayers,
  selectPlugins,
  settingsSchema,
  VivariumError,
} from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { pluginSource } from '../plugin-source.ts';
import { print } from '../terminal/console.ts';

/** `vivarium schema`: the JSON schema of the settings, with those of the plugins that are named. */
export async function schema(args: readonly string[]): Promise<void> {
  const { env } = process;
  const workingFolder = process.cwd();
  const { flags, positionals } = parseArguments(args, { options: coreOptions, isLenient: false });
  if (positionals[0] !== undefined) {
    throw new VivariumError('ARGUMENT_INVALID', `\`${positionals[0]}\` is one word too many`);
  }
  const layers: SettingLayers = { flags, env, files: await readConfigFiles({ env, workingFolder }), workingFolder };
  const early = resolveSettings(coreOptions, layers);
  const { options } = await selectPlugins(early, pluginSource(layers, early));
  print(JSON.stringify(vivariumSchema(options), null, 2));
}

/** The schema of `vivarium.toml` and of `[tool.vivarium]` in `pyproject.toml`. */
export function vivariumSchema(pluginOptions: Options): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of vivarium',
    description: 'vivarium.toml, and the table tool.vivarium of pyproject.toml',
    ...settingsSchema({ ...coreOptions, ...pluginOptions, ...cliOptions }),
  };
}
