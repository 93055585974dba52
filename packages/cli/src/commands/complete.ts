import {
  coreOptions,
  longNames,
  type Option,
  type Options,
  resolveSettings,
  type SettingLayers,
} from '@vivarium/core/host';
import { officialPlugins } from '../official/plugins.ts';
import { KIND_OF, type NamingSetting } from '../plugin-list/asked-about.ts';
import { pluginSource } from '../plugin-source.ts';
import { writeExactOutput } from '../terminal/write.ts';
import type { Command, CommandEntry } from './command.ts';
import { listedIn, topicsOf } from './help.ts';
import { typedSoFar } from './typed-so-far.ts';

/** What can stand at the cursor. */
interface Completions {
  /** Whether paths can exist too, which the shell itself completes. */
  readonly wants: 'nothing' | 'files' | 'directories';
  readonly candidates: readonly Completion[];
}

/** A word, and what it means. */
type Completion = readonly [word: string, help?: string];

const NOTHING: Completions = { wants: 'nothing', candidates: [] };

/**
 * `vivarium complete -- WORDS`: what the completion scripts ask. The last word is the one at the cursor. The first line
 * of the answer says whether paths can exist; each further line is a word, a tab, and what it means.
 */
export const command: Command = {
  description: ['Prints what can stand at the cursor: the last of the words. Completion scripts call it.'],
  options: () => ({}),
  run: complete,
};

async function complete(args: readonly string[], commands: readonly CommandEntry[]): Promise<void> {
  const words = args[0] === '--' ? args.slice(1) : args;
  const current = (words.at(-1) ?? '').trim();
  const { wants, candidates } = await completionsFor(words.slice(0, -1), { current, commands }).catch(() => NOTHING);
  const lines = candidates
    .filter(([word]) => word.startsWith(current))
    .map(([word, help]) => (help === undefined ? word : `${word}\t${help.replaceAll(/\s+/g, ' ')}`));
  writeExactOutput(`${[wants, ...lines].join('\n')}\n`);
}

async function completionsFor(
  before: readonly string[],
  { current, commands }: { readonly current: string; readonly commands: readonly CommandEntry[] },
): Promise<Completions> {
  const [name, ...rest] = before;
  if (name === undefined) return { wants: 'nothing', candidates: firstWords(commands) };
  const entry = commands.find((one) => one.name === name);
  if (entry === undefined) return NOTHING;
  const { command } = await entry.load();
  if (rest.includes('--'))
    return name === 'run' ? commandWords(rest, current) : positional(command, { commands, current });
  const layers = await typedSoFar(rest);
  const options = await command.options(layers, () => {});
  const [assigned, flag = ''] = /^(--[^=]+)=/.exec(current) ?? [];
  if (assigned !== undefined) {
    const found = optionOf(options, flag);
    if (found === undefined) return NOTHING;
    return prefixed(assigned, await valuesOf(found, current.slice(assigned.length), layers));
  }
  if (rest.at(-1) === '--help') return { wants: 'nothing', candidates: topicsOf(options).map((topic) => [topic]) };
  const asking = optionOf(options, rest.at(-1) ?? '');
  if (asking !== undefined && takesValue(asking[1])) return valuesOf(asking, current, layers);
  if (current.startsWith('-')) return { wants: 'nothing', candidates: flagsOf(options) };
  return positional(command, { commands, current });
}

function firstWords(commands: readonly CommandEntry[]): readonly Completion[] {
  return [...listedIn(commands).map(({ name, summary }) => [name, summary] as const), ['--help'], ['--version']];
}

interface PositionalRequest {
  readonly commands: readonly CommandEntry[];
  readonly current: string;
}

async function positional({ completes = [] }: Command, { commands, current }: PositionalRequest): Promise<Completions> {
  if (completes === 'environments') {
    const { environmentsNear } = await import('../completion/environments.ts');
    const candidates = environmentsNear(current).map((path) => [path] as const);
    // Where there is none, the way to one may lead through directories.
    return { wants: candidates.length === 0 ? 'directories' : 'nothing', candidates };
  }
  if (completes === 'directories') return { wants: 'directories', candidates: [] };
  const words = completes === 'commands' ? listedIn(commands).map(({ name }) => name) : completes;
  return { wants: 'nothing', candidates: words.map((word) => [word]) };
}

/** After `vivarium run ENV --`: the commands of the environment, and then whatever these take. */
async function commandWords(rest: readonly string[], current: string): Promise<Completions> {
  if (rest.at(-1) !== '--') return { wants: 'files', candidates: [] };
  const { commandsIn } = await import('../completion/environments.ts');
  const path = rest.slice(0, -1).find((word) => !word.startsWith('-'));
  return { wants: current.includes('/') ? 'files' : 'nothing', candidates: commandsIn(path).map((word) => [word]) };
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

function flagsOf(options: Options): Completion[] {
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
  if (name === 'python') {
    const { installedVersions } = await import('../completion/interpreters.ts');
    return { wants: 'files', candidates: installedVersions(process.env) };
  }
  if (option.type === 'path' || option.type === 'paths') return { wants: 'files', candidates: [] };
  if (!Object.hasOwn(KIND_OF, name)) return NOTHING;
  const names = await pluginNames(name as NamingSetting, layers);
  // In a list, what is before the last comma stays.
  const [before = ''] = option.type === 'list' ? (/^.*,/.exec(typed) ?? []) : [];
  return prefixed(before, { wants: 'nothing', candidates: names });
}

async function pluginNames(setting: NamingSetting, layers: SettingLayers): Promise<Completion[]> {
  const kind = KIND_OF[setting];
  const early = resolveSettings(coreOptions, layers);
  const official = async (): Promise<readonly string[]> => Object.keys(await officialPlugins.table[kind]());
  const names = await pluginSource(layers, early).defaults(kind).catch(official);
  return [...(kind === 'creator' ? ['builtin'] : []), ...names].map((name) => [name]);
}

function prefixed(prefix: string, { wants, candidates }: Completions): Completions {
  return { wants, candidates: candidates.map(([word, ...help]) => [`${prefix}${word}`, ...help] as const) };
}
