import { longNames, type Option, type Options } from '@vivarium/core/host';
import { nearName } from '@vivarium/core/internal';
import { openConsole, print } from '../terminal/console.ts';
import type { Command, CommandEntry } from './command.ts';
import { assertNoMore, usageError } from './positionals.ts';
import { typedSoFar } from './typed-so-far.ts';

/** `vivarium help [COMMAND]` */
export const command: Command = {
  description: ['Shows the help of a command, or the list of commands.'],
  options: () => ({}),
  completes: 'commands',
  async run(args, commands) {
    const [name, ...rest] = args;
    if (name === undefined) return print(overview(commands));
    const entry = commands.find((one) => one.name === name);
    if (entry === undefined) throw unknownTopic(name, commands);
    if (rest.some((arg) => !arg.startsWith('-'))) assertNoMore(args, 1);
    print(await commandHelp(entry, rest));
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
  readonly closing?: readonly string[];
}

/**
 * The help of a command of the table.
 *
 * @param args the words after the command: they may select plugins, which have options too
 */
export async function commandHelp(entry: CommandEntry, args: readonly string[]): Promise<string> {
  const { command } = await entry.load();
  const options = await optionsOf(command, args);
  return helpText(options, { ...command, usage: usageOf(entry, options) });
}

/** The options of a command, after some words of a command line. */
export async function optionsOf(command: Command, args: readonly string[]): Promise<Options> {
  return command.options(await typedSoFar(args), openConsole(0).warn);
}

/** The help made from declared options. */
export function helpText(options: Options, { usage, description, closing = [] }: HelpFrame): string {
  return [
    `usage: ${usage}`,
    '',
    ...description,
    ...groupLines(options),
    ...(closing.length === 0 ? [] : ['', ...closing]),
  ].join('\n');
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

const WIDTH = 30;

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
