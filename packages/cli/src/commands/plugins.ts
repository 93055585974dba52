import {
  CONTRACT,
  coreOptions,
  defineOptions,
  describeInterpreter,
  PLUGIN_KINDS,
  type PluginKind,
  resolveSettings,
  type SettingLayers,
  VivariumError,
} from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { pluginLines } from '../plugin-list/lines.ts';
import { listPlugins } from '../plugin-list/list.ts';
import { openConsole } from '../terminal/console.ts';

/** The settings of `vivarium plugins`: those of `create`, because what they say is what decides. */
export const pluginsOptions = defineOptions({ ...coreOptions, json: cliOptions.json, verbose: cliOptions.verbose });

/** `vivarium plugins [KIND]`: each plugin, where it came from, and what it says to the interpreter at hand. */
export async function plugins(args: readonly string[]): Promise<void> {
  const { env } = process;
  const workingFolder = process.cwd();
  const { flags, positionals } = parseArguments(args, { options: pluginsOptions, isLenient: false });
  const kinds = kindsOf(positionals);
  const layers: SettingLayers = { flags, env, files: await readConfigFiles({ env, workingFolder }), workingFolder };
  const { values, problems } = resolveSettings(pluginsOptions, layers);
  if (problems.length > 0) {
    throw new VivariumError('SETTING_INVALID', problems.map(({ message }) => message).join('\n'));
  }
  const console = openConsole(values.verbose);
  const list = await listPlugins(layers);
  const rows = list.rows.filter(({ kind }) => kinds.includes(kind));
  for (const note of list.notes) console.trace(note);
  if (values.json) {
    const { interpreter, problems } = list;
    console.print(JSON.stringify({ format: 1, contract: CONTRACT, interpreter, plugins: rows, problems }, null, 2));
  } else {
    const python = list.interpreter && `${describeInterpreter(list.interpreter)} at ${list.interpreter.executable}`;
    console.print([`interpreter: ${python ?? 'none'}`, ...pluginLines(rows)].join('\n'));
    for (const { message } of list.problems) console.notice(message);
  }
  if (list.problems.length > 0) process.exitCode = 1;
}

function kindsOf([word, extra]: readonly string[]): readonly PluginKind[] {
  if (word === undefined) return PLUGIN_KINDS;
  const kind = PLUGIN_KINDS.find((known) => known === word || `${known}s` === word);
  if (kind !== undefined && extra === undefined) return [kind];
  throw new VivariumError('ARGUMENT_INVALID', `\`${extra ?? word}\` is no kind of plugin`, {
    hint: `The kinds are ${PLUGIN_KINDS.join(', ')}.`,
  });
}
