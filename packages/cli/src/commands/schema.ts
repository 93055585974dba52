import {
  coreOptions,
  defineOptions,
  type Options,
  projectRules,
  resolveSettings,
  type SettingLayers,
  selectPlugins,
  settingsSchema,
} from '@vivarium/core/host';
import { kebabCase } from '@vivarium/core/internal';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { envelope } from '../json/envelope.ts';
import { pluginSource } from '../plugin-source.ts';
import { currentDirectory } from '../start/cwd.ts';
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
  common: ['plugins', 'pluginRoot', 'creator', 'seeder', 'json'],
  async run(args) {
    const { env } = process;
    const cwd = currentDirectory();
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

/** The page of the reference with the settings that a project's file may set, and which values. */
export function projectSettingsPage(options: Options): string {
  const rows = Object.entries(options).flatMap(([name, { allowedInProject: rule, help }]) =>
    rule === undefined ? [] : [`| \`${kebabCase(name)}\` | ${projectRules[rule].values} | ${help} |`],
  );
  return `${[
    '# What a project may set',
    '',
    '`[tool.vivarium]` in a `pyproject.toml` comes with a project, and a project may come from any source: it is data. It may',
    'set what neither starts a program, nor names a source of code or a place, nor deletes or overwrites anything, nor',
    'reaches the network. Everything else in it is an error that names the file, the key, and the flag and the variable to',
    'use instead; where the flag or the variable is given, the key is ignored.',
    '',
    '| key | values | meaning |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'The same holds for any file that was found and not named, and that another user put there: its owner is neither you,',
    'nor root, nor (for a project) the owner of the cwd. Such a file can not name plugins at all, also not with',
    '`--project-plugins`. Your own `vivarium.toml`, variables and flags may set everything.',
    '',
    'This page is generated from the declarations of the options.',
  ].join('\n')}\n`;
}
