import {
  coreOptions,
  longNames,
  type Option,
  type Options,
  PLUGIN_KINDS,
  resolveSettings,
  type SettingLayers,
  selectPlugins,
} from '@vivarium/core';
import { parseArguments } from '../arguments/parse.ts';
import { cliOptions } from '../cli-options.ts';
import { readConfigFiles } from '../config/config-files.ts';
import { officialPlugins } from '../official/plugins.ts';
import { KIND_OF, type NamingSetting } from '../plugin-list/asked-about.ts';
import { pluginSource } from '../plugin-source.ts';
import { print } from '../terminal/console.ts';
import { COMPLETION_SHELLS } from './completion.ts';

/** What can stand at the cursor. */
interface Completions {
  /** Whether paths can stand there too, which the shell itself completes. */
  readonly wants: 'nothing' | 'files' | 'folders';
  readonly candidates: readonly Candidate[];
}

/** A word, and what it means. */
type Candidate = readonly [word: string, help?: string];

const COMMANDS: readonly Candidate[] = [
  ['create', 'make an environment'],
  ['pythons', 'list the Pythons of this machine'],
  ['plugins', 'list the plugins'],
  ['cache', 'look after the cache'],
  ['schema', 'print the JSON schema of the settings'],
  ['completion', 'print the completion script of a shell'],
  ['--help'],
  ['--version'],
];

const NOTHING: Completions = { wants: 'nothing', candidates: [] };

/**
 * `vivarium complete -- WORDS`: what the completion scripts ask. The last word is the one at the cursor. The first line of
 * the answer says whether paths can stand there; each further line is a word, a tab, and what it means.
 */
export async function complete(args: readonly string[]): Promise<void> {
  const words = args[0] === '--' ? args.slice(1) : args;
  const current = (words.at(-1) ?? '').trim();
  const { wants, candidates } = await completionsFor(words.slice(0, -1), current).catch(() => NOTHING);
  const lines = candidates
    .filter(([word]) => word.startsWith(current))
    .map(([word, help]) => (help === undefined ? word : `${word}\t${help.replaceAll(/\s+/g, ' ')}`));
  print([wants, ...lines].join('\n'));
}

async function completionsFor(before: readonly string[], current: string): Promise<Completions> {
  const [command, ...rest] = before;
  if (command === undefined) return { wants: 'nothing', candidates: COMMANDS };
  if (rest.includes('--')) return positional(command);
  const layers = await layersOf(rest);
  const options = await optionsOf(command, layers);
  const [assigned, flag = ''] = /^(--[^=]+)=/.exec(current) ?? [];
  if (assigned !== undefined) {
    const found = optionOf(options, flag);
    if (found === undefined) return NOTHING;
    return prefixed(assigned, await valuesOf(found, current.slice(assigned.length), layers));
  }
  const asking = optionOf(options, rest.at(-1) ?? '');
  if (asking !== undefined && takesValue(asking[1])) return valuesOf(asking, current, layers);
  if (current.startsWith('-')) return { wants: 'nothing', candidates: flagsOf(options) };
  return positional(command);
}

function positional(command: string): Completions {
  const words = {
    create: undefined,
    cache: ['dir', 'info', 'prune', 'clean'],
    completion: COMPLETION_SHELLS,
    plugins: PLUGIN_KINDS.map((kind) => `${kind}s`),
  }[command];
  if (command === 'create') return { wants: 'folders', candidates: [] };
  return { wants: 'nothing', candidates: (words ?? []).map((word) => [word]) };
}

async function layersOf(args: readonly string[]): Promise<SettingLayers> {
  const { env } = process;
  const workingFolder = process.cwd();
  const files = await readConfigFiles({ env, workingFolder }).catch(() => []);
  const options = { ...coreOptions, ...cliOptions };
  try {
    return { flags: parseArguments(args, { options, isLenient: true }).flags, env, files, workingFolder };
  } catch {
    // The last option still lacks its value, say.
    const { flags } = parseArguments(args.slice(0, -1), { options, isLenient: true });
    return { flags, env, files, workingFolder };
  }
}

async function optionsOf(command: string, layers: SettingLayers): Promise<Options> {
  switch (command) {
    case 'create':
    case 'schema':
      return { ...coreOptions, ...(await selectedOptions(layers)), ...cliOptions };
    case 'plugins':
      return (await import('./plugins.ts')).pluginsOptions;
    case 'pythons':
      return (await import('./pythons.ts')).pythonsOptions;
    case 'cache':
      return (await import('./cache.ts')).cacheOptions;
    default:
      return {};
  }
}

/** The options of the plugins that the line and the files name; of the official ones where those can't be loaded. */
async function selectedOptions(layers: SettingLayers): Promise<Options> {
  const select = async (from: SettingLayers): Promise<Options> => {
    const early = resolveSettings(coreOptions, from);
    return (await selectPlugins(early, pluginSource(from, early))).options;
  };
  return select(layers).catch(() => select({ ...layers, flags: {}, env: {}, files: [] }));
}

function optionOf(options: Options, flag: string): readonly [string, Option] | undefined {
  return Object.entries(options).find(
    ([name, option]) =>
      (option.short !== undefined && flag === `-${option.short}`) ||
      longNames(name, option).some((long) => flag === `--${long.name}`),
  );
}

function takesValue({ type }: Option): boolean {
  return type !== 'boolean' && type !== 'count';
}

function flagsOf(options: Options): Candidate[] {
  const shown = Object.entries(options).filter(([, option]) => !option.hidden);
  return [
    ...shown.flatMap(([name, option]) =>
      longNames(name, option).map((long) => [`--${long.name}`, option.help] as const),
    ),
    ['--help'],
  ];
}

async function valuesOf(
  [name, option]: readonly [string, Option],
  typed: string,
  layers: SettingLayers,
): Promise<Completions> {
  if (option.type === 'choice') return { wants: 'nothing', candidates: option.choices.map((choice) => [choice]) };
  if (option.type === 'path' || option.type === 'paths' || name === 'python') return { wants: 'files', candidates: [] };
  if (!Object.hasOwn(KIND_OF, name)) return NOTHING;
  const names = await pluginNames(name as NamingSetting, layers);
  // In a list, what is before the last comma stays.
  const [before = ''] = option.type === 'list' ? (/^.*,/.exec(typed) ?? []) : [];
  return prefixed(before, { wants: 'nothing', candidates: names });
}

async function pluginNames(setting: NamingSetting, layers: SettingLayers): Promise<Candidate[]> {
  const kind = KIND_OF[setting];
  const early = resolveSettings(coreOptions, layers);
  const official = async (): Promise<readonly string[]> => Object.keys(await officialPlugins.table[kind]());
  const names = await pluginSource(layers, early).defaults(kind).catch(official);
  return [...(kind === 'creator' ? ['builtin'] : []), ...names].map((name) => [name]);
}

function prefixed(prefix: string, { wants, candidates }: Completions): Completions {
  return { wants, candidates: candidates.map(([word, ...help]) => [`${prefix}${word}`, ...help] as const) };
}
