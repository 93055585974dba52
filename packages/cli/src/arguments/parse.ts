import { parseArgs } from 'node:util';
import { type FlagValue, longNames, type Options, type Option as Setting } from '@vivarium/core/host';
import { expandAbbreviations } from './expand-abbreviations.ts';
import { missingValue, unexpectedValue, unknownOption } from './usage-errors.ts';

/** What a command line says. */
export interface ParsedArguments {
  readonly positionals: readonly string[];
  /** By the setting's name. */
  readonly flags: Readonly<Record<string, FlagValue>>;
  /** Each option was known, and by its whole name: with more options declared, the same would come out. */
  readonly isWhole: boolean;
}

/** How strictly a command line is read. */
export interface ParseRequest {
  /** The command that the arguments are of, for hints. @default create */
  readonly command?: string;
  readonly options: Options;
  /** Options that are not known yet are ignored: plugins that are not selected yet may declare them. */
  readonly isLenient: boolean;
}

/**
 * Reads a command line by the settings that were declared.
 *
 * @throws VivariumError `ARGUMENT_INVALID` (exit code 2)
 */
export function parseArguments(
  args: readonly string[],
  { command, options, isLenient }: ParseRequest,
): ParsedArguments {
  const spellings = spellingsOf(options);
  const long = [...spellings.keys()];
  const expanded = expandAbbreviations(args, long);
  const { tokens } = parseArgs({
    args: expanded,
    options: parserOptions(spellings),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const positionals: string[] = [];
  const flags: Record<string, FlagValue> = {};
  let isWhole = expanded.every((arg, index) => arg === args[index]);
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spelling = spellings.get(token.name);
    if (spelling === undefined) {
      if (!isLenient) throw unknownOption(token.rawName, { names: long, command });
      isWhole = false;
      continue;
    }
    const { name, setting, isNegated } = spelling;
    if (takesValue(setting) && token.value === undefined) throw missingValue(token.rawName, command);
    if (!takesValue(setting) && token.value !== undefined) throw unexpectedValue(token.rawName, token.value, command);
    flags[name] = { flag: token.rawName, value: flagValue(setting, token.value ?? !isNegated, flags[name]) };
  }
  return { positionals, flags, isWhole };
}

/** A long name of a setting. */
interface Spelling {
  /** The setting's. */
  readonly name: string;
  readonly setting: Setting;
  readonly isNegated: boolean;
  readonly short?: string;
}

/** All long names, without dashes. */
function spellingsOf(options: Options): ReadonlyMap<string, Spelling> {
  const spellings = new Map<string, Spelling>();
  for (const [name, setting] of Object.entries(options)) {
    for (const [index, long] of longNames(name, setting).entries()) {
      const short = index === 0 && setting.short !== undefined ? { short: setting.short } : {};
      spellings.set(long.name, { name, setting, isNegated: long.isNegated, ...short });
    }
  }
  return spellings;
}

function parserOptions(spellings: ReadonlyMap<string, Spelling>) {
  return Object.fromEntries(
    [...spellings].map(([long, { setting, short }]) => [
      long,
      { type: takesValue(setting) ? 'string' : 'boolean', ...(short === undefined ? {} : { short }) } as const,
    ]),
  );
}

function takesValue({ type }: Setting): boolean {
  return type !== 'boolean' && type !== 'count';
}

function flagValue(setting: Setting, given: string | boolean, before: FlagValue | undefined): FlagValue['value'] {
  switch (setting.type) {
    case 'boolean':
      return given !== false;
    case 'count':
      return Number(before?.value ?? 0) + 1;
    case 'list':
    case 'specs':
    case 'paths':
      return [...((before?.value as readonly string[] | undefined) ?? []), String(given)];
    default:
      return String(given);
  }
}
