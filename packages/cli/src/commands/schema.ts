import {
  coreOptions,
  defineOptions,
  type Options,
  resolveSettings,
  type SettingLayers,
  selectPlugins,
  settingsSchema,
} from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { envelope } from '../json/envelope.ts';
import { pluginSource } from '../plugin-source.ts';
import { print } from '../terminal/console.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { assertNoMore } from './positionals.ts';

const schemaOptions = defineOptions({ ...coreOptions, ...commonOptions });

/** `vivarium schema` */
export const command: Command = {
  description: [
    'Prints the JSON schema of vivarium.toml and of [tool.vivarium] in pyproject.toml, with the settings of the plugins',
    'that these options (or variables, or files) name. With --json it is a member of the document that --json prints.',
  ],
  options: () => schemaOptions,
  async run(args) {
    const { env } = process;
    const cwd = process.cwd();
    const { flags, positionals } = parseArguments(args, {
      command: 'schema',
      options: schemaOptions,
      isLenient: false,
    });
    assertNoMore(positionals, 0);
    const layers: SettingLayers = { flags, env, files: await readConfigFiles({ env, cwd }), cwd };
    const early = resolveSettings(coreOptions, layers);
    const { options } = await selectPlugins(early, pluginSource(layers, early));
    const schema = vivariumSchema(options);
    print(flags.json === undefined ? JSON.stringify(schema, null, 2) : envelope('schema', { schema }));
  },
};

/** The schema of `vivarium.toml` and of `[tool.vivarium]` in `pyproject.toml`. */
export function vivariumSchema(pluginOptions: Options): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Settings of vivarium',
    description: 'vivarium.toml, and the table tool.vivarium of pyproject.toml',
    ...settingsSchema({ ...coreOptions, ...pluginOptions, ...cliOptions }),
  };
}
