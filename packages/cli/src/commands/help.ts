import {
  coreOptions,
  longNames,
  messageOf,
  type Option,
  type Options,
  resolveSettings,
  type SettingLayers,
  selectPlugins,
} from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { pluginSource } from '../plugin-source.ts';
import { openConsole } from '../terminal/console.ts';

const WIDTH = 30;

/** The help of the whole command. */
export function overview(): string {
  return [
    'usage: vivarium create [options] DEST...',
    '',
    'Makes Python virtual environments.',
    '',
    'commands:',
    '  create DEST                   make an environment in the folder DEST',
    '  pythons [SPEC]                list the Pythons of this machine, newest first',
    '  plugins [KIND]                list the plugins, and what they say to the interpreter at hand',
    '  cache dir|info|prune|clean    look after the cache',
    '  schema                        print the JSON schema of the settings',
    '  completion SHELL              print a script that makes bash, zsh, fish or powershell complete all this',
    '',
    '  --version                     print the version and where it is installed',
    '  --help                        print this; with a command, its options',
  ].join('\n');
}

/** What stands around the options of `create`. */
export interface HelpFrame {
  readonly usage: string;
  readonly closing: readonly string[];
}

const ownFrame: HelpFrame = {
  usage: 'vivarium create [options] DEST...',
  closing: [
    'Each option can be given as a variable too (VIVARIUM_SYSTEM_SITE_PACKAGES=1) and in [tool.vivarium] of',
    'pyproject.toml or in vivarium.toml (system-site-packages = true). A flag beats a variable beats a file.',
  ],
};

/** The help of `create`, made from the declared options: core's, the command's, and those of the selected plugins. */
export async function createHelp(args: readonly string[], frame = ownFrame): Promise<string> {
  const flags = parseArguments(args, { options: { ...coreOptions, ...cliOptions }, isLenient: true }).flags;
  return [
    `usage: ${frame.usage}`,
    '',
    `Makes a Python virtual environment in the folder ${frame.usage.split(' ').at(-1)}.`,
    ...groupLines({ ...coreOptions, ...(await pluginOptions(flags)), ...cliOptions }),
    '',
    ...frame.closing,
  ].join('\n');
}

/** The options of the selected plugins. Help is given also where those that are named can't be loaded. */
async function pluginOptions(flags: SettingLayers['flags']): Promise<Options> {
  const { env } = process;
  const workingFolder = process.cwd();
  try {
    const layers = { flags, env, files: await readConfigFiles({ env, workingFolder }), workingFolder };
    const early = resolveSettings(coreOptions, layers);
    return (await selectPlugins(early, pluginSource(layers, early))).options;
  } catch (error) {
    openConsole(0).notice(`these are the options of the official plugins alone: ${messageOf(error)}`);
    const early = resolveSettings(coreOptions, { flags: {}, env: {}, files: [], workingFolder });
    return (await selectPlugins(early, pluginSource({ env, workingFolder }, early))).options;
  }
}

/** The commands other than `create`. */
export type OtherCommand = 'pythons' | 'cache' | 'plugins' | 'schema' | 'completion';

/** The help of a command other than `create`. */
export async function commandHelp(command: OtherCommand): Promise<string> {
  switch (command) {
    case 'pythons':
      return [
        'usage: vivarium pythons [options] [SPEC]',
        '',
        'Lists the Pythons of this machine, newest first; with SPEC (3.12, pypy, >=3.9,<3.13) only those that fit.',
        ...groupLines((await import('./pythons.ts')).pythonsOptions),
      ].join('\n');
    case 'cache':
      return [
        'usage: vivarium cache [options] dir|info|prune|clean',
        '',
        'dir prints where the cache is, info what it takes, prune takes out what was not used for a time, clean everything.',
        ...groupLines((await import('./cache.ts')).cacheOptions),
      ].join('\n');
    case 'plugins':
      return [
        'usage: vivarium plugins [options] [discoverers|creators|seeders|activators]',
        '',
        'Lists the plugins that come with vivarium, those of the packages in the setting `plugins`, and those that other',
        'settings name: where each was loaded from, and whether it supports the interpreter that -p (or nothing) means.',
        'A star marks those that `vivarium create` would use with the same settings.',
        ...groupLines((await import('./plugins.ts')).pluginsOptions),
      ].join('\n');
    case 'schema':
      return [
        'usage: vivarium schema [options]',
        '',
        'Prints the JSON schema of vivarium.toml and of [tool.vivarium] in pyproject.toml, with the settings of the plugins',
        'that these options (or variables, or files) name.',
        ...groupLines(coreOptions),
      ].join('\n');
    case 'completion':
      return [
        'usage: vivarium completion bash|zsh|fish|powershell',
        '',
        'Prints a script that makes a shell complete the command. Each is used by one line in the file that the shell reads',
        'at its start:',
        '',
        '  bash         eval "$(vivarium completion bash)"',
        '  zsh          eval "$(vivarium completion zsh)"        (after compinit)',
        '  fish         vivarium completion fish | source',
        '  powershell   vivarium completion powershell | Out-String | Invoke-Expression',
      ].join('\n');
  }
}

function groupLines(options: Options): string[] {
  const groups = new Map<string, string[]>();
  for (const [name, option] of Object.entries(options)) {
    if (option.hidden) continue;
    const group = option.group ?? 'Options';
    groups.set(group, [...(groups.get(group) ?? []), ...optionLines(name, option)]);
  }
  return [...groups].flatMap(([title, lines]) => ['', `${title}:`, ...lines]);
}

function optionLines(name: string, option: Option): string[] {
  const names = longNames(name, option).map((long) => `--${long.name}`);
  const short = option.short === undefined ? [] : [`-${option.short}`];
  const value = option.type === 'boolean' || option.type === 'count' ? '' : ` ${placeholder(option)}`;
  const head = `  ${[...short, ...names].join(', ')}${value}`;
  const text = wrap(`${option.help}${defaultOf(option)}`, 100 - WIDTH);
  const lines = text.map((line) => `${' '.repeat(WIDTH)}${line}`);
  const [first = ''] = text;
  return head.length + 2 <= WIDTH ? [head.padEnd(WIDTH) + first, ...lines.slice(1)] : [head, ...lines];
}

function placeholder(option: Option): string {
  if (option.placeholder !== undefined) return option.placeholder;
  return option.type === 'choice'
    ? `{${option.choices.join(',')}}`
    : option.type === 'path' || option.type === 'paths'
      ? 'PATH'
      : 'VALUE';
}

function defaultOf(option: Option): string {
  return typeof option.default === 'string' ? ` (default: ${option.default})` : '';
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last !== '' && last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines;
}
