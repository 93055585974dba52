import { longNames, type Option, type Options } from '@vivarium/core/host';
import { nearName, OPTIONS_OF } from '@vivarium/core/internal';
import { openConsole, print } from '../terminal/console.ts';
import type { Command, CommandEntry } from './command.ts';
import { assertNoMore, usageError } from './positionals.ts';
import { typedSoFar } from './typed-so-far.ts';

/** `vivarium help [COMMAND [TOPIC]]` */
export const command: Command = {
  description: [
    'Shows the help of a command, or the list of commands. TOPIC is `all` for every option, or a group of them.',
  ],
  options: () => ({}),
  completes: 'commands',
  async run(args, commands) {
    const [name, ...rest] = args;
    if (name === undefined) return print(overview(commands));
    const entry = commands.find((one) => one.name === name);
    if (entry === undefined) throw unknownTopic(name, commands);
    const words = rest.filter((arg) => !arg.startsWith('-'));
    assertNoMore(words, 1, 'The first word is a command, the second one `all` or a group of its options.');
    print(await commandHelp(entry, { args: rest, topic: words[0], isStrict: true }));
  },
};

/** The help of the program: its commands. */
export function overview(commands: readonly CommandEntry[]): string {
  const listed = listedIn(commands);
  const usages = listed.map(({ name, positionals }) => `${name} ${positionals}`.trim());
  const width = Math.max(...usages.map((usage) => usage.length), ...ALONE.map(([option]) => option.length));
  const row = (left: string, right: string): string => `  ${left.padEnd(width)}    ${right}`;
  return [
    'usage: vivarium COMMAND [options]',
    '',
    'Creates Python virtual environments.',
    '',
    'commands:',
    ...listed.map(({ summary }, index) => row(usages[index] ?? '', summary)),
    '',
    ...ALONE.map(([option, summary]) => row(option, summary)),
  ].join('\n');
}

const ALONE = [
  ['--version', 'print the version and where it is installed'],
  ['--help', 'show this; after a command, its options'],
] as const;

/** What the help of a command says around its options. */
export interface HelpFrame {
  readonly usage: string;
  readonly description: readonly string[];
  /** After all options. */
  readonly closing?: readonly string[];
  /** At the end, however many options are shown. */
  readonly footer?: readonly string[];
  /** The names of the options that are shown where no topic is asked for; all without it. */
  readonly common?: readonly string[] | undefined;
  /** {@link ALL}, or a group of options as {@link topicsOf} writes it. */
  readonly topic?: string | undefined;
}

/** The topic that stands for every option. */
const ALL = 'all';

/** Which help of a command is asked for. */
interface HelpRequest {
  /** The words after the command: they may select plugins, which have options too. */
  readonly args: readonly string[];
  readonly topic?: string | undefined;
  /** Whether a topic that there is not is an error: it may also be a word of a command line. */
  readonly isStrict?: boolean;
}

/**
 * The help of a command of the table.
 *
 * @throws VivariumError `ARGUMENT_INVALID` (exit code 2)
 */
export async function commandHelp(
  entry: CommandEntry,
  { args, topic, isStrict = false }: HelpRequest,
): Promise<string> {
  const { command } = await entry.load();
  const options = await optionsOf(command, args);
  const topics = topicsOf(options);
  if (isStrict && topic !== undefined && !topics.includes(topic)) {
    const message = `\`${entry.name}\` has no options of the group \`${topic}\``;
    throw usageError(message, `The groups are ${topics.join(', ')}.`);
  }
  return helpText(options, { ...command, usage: usageOf(entry, options), topic });
}

/** The word after `--help`: in `--help all`, the topic. */
export function topicAfterHelp(args: readonly string[]): string | undefined {
  return args[args.findIndex((arg) => arg === '--help' || arg === '-h') + 1];
}

/** The options of a command, after some words of a command line. */
export async function optionsOf(command: Command, args: readonly string[]): Promise<Options> {
  return command.options(await typedSoFar(args), openConsole(0).warn);
}

/** The words that can follow `--help`. */
export function topicsOf(options: Options): readonly string[] {
  return [ALL, ...groupsOf(options).map(({ topic }) => topic)];
}

/** The help made from declared options: of all, of those of one group, or of the common ones. */
export function helpText(options: Options, frame: HelpFrame): string {
  const { usage, closing = [], footer = [], common, topic } = frame;
  const groups = groupsOf(options);
  const asked = groups.find((group) => group.topic === topic);
  const head = [`usage: ${usage}`, '', ...wrap(frame.description.join(' '), WIDTH)];
  const end = footer.length === 0 ? [] : ['', ...footer];
  if (asked !== undefined) return [...head, ...groupLines(asked), ...end].join('\n');
  if (common === undefined || topic === ALL) {
    const all = groups.flatMap(groupLines);
    return [...head, ...all, ...(closing.length === 0 ? [] : ['', ...closing]), ...end].join('\n');
  }
  const chosen = common.flatMap((name) => shortOptionLines(name, options));
  // A plugin that was asked for is what its user wants to know about.
  const ofPlugins = groups.filter(({ title }) => title.startsWith(OPTIONS_OF)).flatMap(groupLines);
  const more = `--help all shows every option, --help GROUP those of one group: ${topicsOf(options).slice(1).join(', ')}.`;
  return [...head, '', 'Common options:', ...chosen, ...ofPlugins, '', ...wrap(more, WIDTH), ...end].join('\n');
}

/** `vivarium create [options] [DEST...]` */
export function usageOf({ name, positionals }: CommandEntry, options: Options): string {
  const hasOptions = Object.values(options).some(({ hidden }) => !hidden);
  return ['vivarium', name, ...(hasOptions ? ['[options]'] : []), positionals].join(' ').trim();
}

/** The commands that users are told of. */
export function listedIn(commands: readonly CommandEntry[]): readonly CommandEntry[] {
  return commands.filter(({ hidden }) => !hidden);
}

function unknownTopic(name: string, commands: readonly CommandEntry[]): Error {
  const near = nearName(
    name,
    listedIn(commands).map((one) => one.name),
  );
  const meant = near === undefined ? '' : `Did you mean \`vivarium help ${near}\`? `;
  return usageError(`Unknown command \`${name}\``, `${meant}\`vivarium --help\` lists all commands.`);
}

/** Of a terminal as it is opened by default. */
const WIDTH = 80;
/** Where the meaning of an option begins. */
const INDENT = 30;

interface Group {
  readonly title: string;
  /** The title as a word of a command line. */
  readonly topic: string;
  readonly options: readonly (readonly [name: string, option: Option])[];
}

function groupsOf(options: Options): readonly Group[] {
  const groups = new Map<string, [string, Option][]>();
  for (const [name, option] of Object.entries(options)) {
    if (option.hidden) continue;
    const group = option.group ?? 'Options';
    groups.set(group, [...(groups.get(group) ?? []), [name, option]]);
  }
  return [...groups].map(([title, each]) => ({
    title,
    topic: title.replace(OPTIONS_OF, '').toLowerCase().replaceAll(/\W+/g, '-'),
    options: each,
  }));
}

function groupLines({ title, options }: Group): readonly string[] {
  return ['', `${title}:`, ...options.flatMap(([name, option]) => optionLines(name, option))];
}

function optionLines(name: string, option: Option): readonly string[] {
  const names = longNames(name, option).map((long) => `--${long.name}`);
  return rowsOf(headOf(names, option), `${option.help}${defaultOf(option)}`);
}

/** Its first name, and the first clause of what it means. */
function shortOptionLines(name: string, options: Options): readonly string[] {
  const option = options[name];
  if (option === undefined) return [];
  const [first] = longNames(name, option).map((long) => `--${long.name}`);
  const [clause = ''] = option.help.split('; ');
  return rowsOf(headOf([first as string], option), `${clause}${defaultOf(option)}`);
}

function headOf(names: readonly string[], option: Option): string {
  const short = option.short === undefined ? [] : [`-${option.short}`];
  const value = option.type === 'boolean' || option.type === 'count' ? '' : ` ${placeholder(option)}`;
  return `  ${[...short, ...names].join(', ')}${value}`;
}

function rowsOf(head: string, meaning: string): readonly string[] {
  const text = wrap(meaning, WIDTH - INDENT);
  const lines = text.map((line) => `${' '.repeat(INDENT)}${line}`);
  const [first = ''] = text;
  return head.length + 2 <= INDENT ? [head.padEnd(INDENT) + first, ...lines.slice(1)] : [head, ...lines];
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
