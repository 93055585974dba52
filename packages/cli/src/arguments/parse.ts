import { type FlagValue, longNames, type Options, type Option as Setting, VivariumError } from '@vivarium/core';
import { Command, type CommanderError, Option } from 'commander';
import { expandAbbreviations } from './expand-abbreviations.ts';

/** What a command line says. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  /** By the setting's name. */
  readonly flags: Readonly<Record<string, FlagValue>>;
}

/** How strictly a command line is read. */
export interface ParseRequest {
  readonly options: Options;
  /** Options that are not known yet are passed over: plugins that are not selected yet may declare them. */
  readonly isLenient: boolean;
}

/**
 * Reads a command line by the settings that were declared.
 *
 * @throws VivariumError `USAGE` (exit code 2)
 */
export function parseArguments(args: readonly string[], { options, isLenient }: ParseRequest): ParsedArguments {
  const flags: Record<string, FlagValue> = {};
  const command = optionsCommand(options, (name, flag) => {
    flags[name] = flag(flags[name]);
  });
  command.argument('[words...]');
  if (isLenient) command.allowUnknownOption();
  try {
    const known = Object.entries(options).flatMap(([name, option]) => longNames(name, option).map((long) => long.name));
    command.parse(expandAbbreviations(args, known), { from: 'user' });
  } catch (error) {
    throw usageError(error as CommanderError);
  }
  return { positionals: command.args, flags };
}

type Record_ = (name: string, change: (before: FlagValue | undefined) => FlagValue) => void;

/** A commander command that has these options and tells of each that it meets, in the order of the command line. */
function optionsCommand(options: Options, record: Record_): Command {
  const command = new Command('vivarium')
    .exitOverride()
    .helpOption(false)
    .configureOutput({ writeErr: () => {} });
  for (const [name, setting] of Object.entries(options)) {
    for (const { long, isNegated } of spellings(name, setting)) {
      const option = new Option(takesValue(setting) ? `${long} <value>` : long);
      command.addOption(option);
      command.on(`option:${option.name()}`, (text: string | null) => {
        record(name, (before) => ({
          flag: long.split(', ').at(-1) ?? long,
          value: flagValue(setting, isNegated ? false : text, before),
        }));
      });
    }
  }
  return command;
}

function spellings(name: string, setting: Setting): { long: string; isNegated: boolean }[] {
  return longNames(name, setting).map((spelling, index) => ({
    long: `${index === 0 && setting.short !== undefined ? `-${setting.short}, ` : ''}--${spelling.name}`,
    isNegated: spelling.isNegated,
  }));
}

function takesValue({ type }: Setting): boolean {
  return type !== 'boolean' && type !== 'count';
}

function flagValue(setting: Setting, text: string | boolean | null, before: FlagValue | undefined): FlagValue['value'] {
  switch (setting.type) {
    case 'boolean':
      return text !== false;
    case 'count':
      return Number(before?.value ?? 0) + 1;
    case 'list':
    case 'paths':
      return [...((before?.value as readonly string[] | undefined) ?? []), String(text)];
    default:
      return String(text);
  }
}

function usageError(error: CommanderError): VivariumError {
  const [message = '', suggestion] = error.message.replace(/^error: /, '').split('\n');
  const near = suggestion?.replace(/^\(|\)$/g, '');
  return new VivariumError('USAGE', message.charAt(0).toUpperCase() + message.slice(1), {
    exitCode: 2,
    hint: `${near === undefined ? '' : `${near} `}\`vivarium create --help\` lists all options.`,
  });
}
