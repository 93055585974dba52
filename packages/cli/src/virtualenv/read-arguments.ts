import { VivariumError } from '@vivarium/core/host';
import { LONG_NAMES, SHORT_NAMES } from './option-names.ts';

/** A command line of virtualenv's. */
export interface VirtualenvArguments {
  /** In the same order, virtualenv's options in full and each with its value: `--python=3.12`. */
  readonly args: readonly string[];
  /** Which of its options are given, by their long names. */
  readonly names: ReadonlySet<string>;
}

/**
 * Reads a command line as Python's `argparse` does: options are known by any unique beginning, those of one letter may
 * share a word, a value never looks like an option, and `--extra-search-dir` takes all words up to the next option.
 * Options that are none of virtualenv's stand as they are.
 *
 * @throws VivariumError `ARGUMENT_INVALID` (exit code 2)
 */
export function readArguments(given: readonly string[]): VirtualenvArguments {
  const end = given.indexOf('--');
  const words = given.slice(0, end === -1 ? undefined : end);
  const args: string[] = [];
  const names = new Set<string>();
  while (words.length > 0) {
    const word = words.shift() as string;
    const { name, value, more } = optionIn(word) ?? {};
    if (more !== undefined) words.unshift(more);
    if (name !== undefined) names.add(name);
    args.push(...(name === undefined ? [word] : complete(name, value, words)));
  }
  if (end !== -1) return { args: [...args, ...given.slice(end)], names };
  return { args: destinationGivenBack(args), names };
}

/** `--extra-search-dir a b env` would take the destination for a directory of wheels, and then miss it, as virtualenv does. */
function destinationGivenBack(args: readonly string[]): readonly string[] {
  const at = args.findLastIndex((arg) => arg.startsWith(SEARCH));
  if (at < 1 || !args[at - 1]?.startsWith(SEARCH) || args.some((arg) => !arg.startsWith('-'))) return args;
  return args.with(at, args[at]?.slice(SEARCH.length) ?? '');
}

const SEARCH = '--extra-search-dir=';

/** What a word is: an option, or else a value. */
interface Option {
  /** In full, of one of virtualenv's. */
  readonly name?: string;
  /** What the word holds next to the name: the value, or further options of one letter (`-vp3.12`). */
  readonly value?: string;
  readonly more?: string;
}

function optionIn(word: string): Option | undefined {
  const known = word.startsWith('--') ? longOption(word) : word.startsWith('-') ? shortOption(word) : undefined;
  if (known !== undefined) return known;
  // A lone dash, a negative number and what has a blank in it are values.
  return /^-[^ ]+$/s.test(word) && !/^-(?:\d+|\d*\.\d+)$/.test(word) ? {} : undefined;
}

function longOption(word: string): Option | undefined {
  const [, typed = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
  const name = fullName(typed);
  return name === undefined ? undefined : { name, ...(value === undefined ? {} : { value }) };
}

function fullName(typed: string): string | undefined {
  if (Object.hasOwn(LONG_NAMES, typed)) return typed;
  const matches = Object.keys(LONG_NAMES).filter((name) => name.startsWith(typed));
  if (matches.length < 2) return matches[0];
  const could = matches.map((name) => `--${name}`).join(', ');
  throw usage(`ambiguous option: --${typed} could match ${could}`);
}

function shortOption(word: string): Option | undefined {
  const name = SHORT_NAMES[word.charAt(1)];
  const rest = word.slice(2);
  if (name === undefined || rest === '') return name === undefined ? undefined : { name };
  return LONG_NAMES[name] === 'flag' ? { name, more: `-${rest}` } : { name, value: rest.replace(/^=/, '') };
}

/** The option as one word, or one for each value. What it takes is taken off `words`. */
function complete(name: string, value: string | undefined, words: string[]): readonly string[] {
  const arity = LONG_NAMES[name];
  if (arity === 'flag') {
    if (value === undefined) return [`--${name}`];
    throw usage(`argument --${name}: takes no value, got \`${value}\``);
  }
  if (value !== undefined) return [`--${name}=${value}`];
  const end = words.findIndex((word) => optionIn(word) !== undefined);
  const available = end === -1 ? words.length : end;
  const values = words.splice(0, arity === 'values' ? available : Math.min(available, 1));
  if (values.length > 0) return values.map((each) => `--${name}=${each}`);
  throw usage(`argument --${name}: expected ${arity === 'values' ? 'at least one argument' : 'one argument'}`);
}

function usage(message: string): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', message);
}
