import { PLUGIN_KINDS, type PluginKind } from '@vivarium/core/host';
import { parseArguments } from '../arguments/parse.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { pluginsOptions, showPlugins } from '../plugin-list/show.ts';
import { currentDirectory } from '../start/cwd.ts';
import type { Command } from './command.ts';
import { assertNoMore, usageError } from './positionals.ts';

/** `vivarium plugins [KIND]` */
export const command: Command = {
  description: [
    'Lists the plugins that come with vivarium, those of the packages in the setting `plugins`, and those that other',
    'settings name: where each was loaded from, and whether it supports the interpreter that -p selects. A star marks',
    'those that `vivarium create` would use with the same settings. `vivarium create --creator help` shows the same.',
  ],
  options: pluginsOptions,
  common: ['python', 'plugins', 'pluginRoot', 'json'],
  completes: PLUGIN_KINDS.map((kind) => `${kind}s`),
  async run(args) {
    const { env } = process;
    const cwd = currentDirectory();
    const { flags, positionals } = parseArguments(args, {
      command: 'plugins',
      options: await pluginsOptions(),
      isLenient: false,
    });
    const files = await readConfigFiles({ env, cwd });
    await showPlugins(kindsOf(positionals), { flags, env, files, cwd });
  },
};

function kindsOf(positionals: readonly string[]): readonly PluginKind[] {
  const [word] = positionals;
  assertNoMore(positionals, 1);
  if (word === undefined) return PLUGIN_KINDS;
  const kind = PLUGIN_KINDS.find((known) => known === word || `${known}s` === word);
  if (kind !== undefined) return [kind];
  throw usageError(`Unknown plugin kind \`${word}\``, `The kinds are ${PLUGIN_KINDS.join(', ')}.`);
}
