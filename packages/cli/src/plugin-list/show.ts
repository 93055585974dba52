import {
  CONTRACT,
  coreOptions,
  describeInterpreter,
  type Options,
  PLUGIN_KINDS,
  type PluginKind,
  resolveSettings,
  type SettingLayers,
} from '@vivarium/core/host';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { envelope } from '../json/envelope.ts';
import { officialPlugins } from '../official/plugins.ts';
import { settingsError } from '../settings.ts';
import { openConsole } from '../terminal/console.ts';
import { KIND_OF, type NamingSetting } from './asked-about.ts';
import { pluginLines } from './lines.ts';
import { listPlugins } from './list.ts';

/** The options that decide what plugins there are and what they answer: those of core and of all official plugins. */
export async function pluginsOptions(): Promise<Options & typeof coreOptions & typeof outputOptions> {
  const tables = await Promise.all(PLUGIN_KINDS.map((kind) => officialPlugins.table[kind]()));
  const plugins = tables.flatMap((table) => Object.values(table));
  return Object.assign({}, coreOptions, ...plugins.map(({ options }) => options), outputOptions);
}

const { json, verbose, quiet, withTraceback } = cliOptions;
const outputOptions = { json, verbose, quiet, withTraceback };

/** `create --creator help`: what `vivarium plugins creators` shows with the same settings. */
export async function showChoices(
  asked: NamingSetting,
  { args, layersFrom }: { readonly args: readonly string[]; layersFrom(flags: SettingLayers['flags']): SettingLayers },
): Promise<void> {
  const { flags } = parseArguments(args, { options: await pluginsOptions(), isLenient: true });
  const { [asked]: _, ...others } = flags;
  await showPlugins([KIND_OF[asked]], layersFrom(others));
}

/** Prints the plugins of some kinds: each one's name, where it was loaded from, and whether it supports the interpreter. */
export async function showPlugins(kinds: readonly PluginKind[], layers: SettingLayers): Promise<void> {
  const { values, problems } = resolveSettings(await pluginsOptions(), layers);
  if (problems.length > 0) throw settingsError(problems);
  const console = openConsole(values.verbose - values.quiet);
  const list = await listPlugins(layers);
  const rows = list.rows.filter(({ kind }) => kinds.includes(kind));
  for (const note of list.notes) console.debug(note);
  if (values.json) {
    const { interpreter, problems: errors } = list;
    console.print(envelope('plugins', { contract: CONTRACT, interpreter, plugins: rows }, errors));
  } else {
    const python = list.interpreter && `${describeInterpreter(list.interpreter)} at ${list.interpreter.executable}`;
    console.print([`interpreter: ${python ?? 'none'}`, ...pluginLines(rows)].join('\n'));
  }
  for (const { message } of list.problems) console.warn(message);
  if (list.problems.length > 0) process.exitCode = 1;
}
