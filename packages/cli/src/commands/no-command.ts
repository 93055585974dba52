import { VivariumError } from '@vivarium/core/host';
import { nearName } from '@vivarium/core/internal';
import { print } from '../terminal/console.ts';
import { overview } from './help.ts';
import { commands } from './table.ts';

/**
 * Answers a command line whose first word is not a command: the options of the program itself, or the error that says what
 * was probably meant.
 *
 * @throws VivariumError `ARGUMENT_INVALID` (exit code 2)
 */
export async function noCommand(word: string | undefined, args: readonly string[]): Promise<void> {
  switch (word) {
    case '--version':
    case '-V':
      return (await import('./version.ts')).version(args);
    case undefined:
    case '--help':
    case '-h':
      return print(overview(commands));
    default:
      throw word.startsWith('-') ? optionFirst([word, ...args]) : unknownCommand(word);
  }
}

const LIST = '`vivarium --help` lists all commands.';

function unknownCommand(word: string): VivariumError {
  // What looks like a path is not a command that was mistyped.
  const near = /^[.~]|[\\/]/.test(word) ? undefined : nearName(word, listedNames());
  const meant =
    near === undefined
      ? `To create an environment there: \`vivarium create ${quoted(word)}\`.`
      : `Did you mean \`vivarium ${near}\`?`;
  return new VivariumError('ARGUMENT_INVALID', `Unknown command \`${word}\``, { hint: `${meant} ${LIST}` });
}

/** Options belong to a command: the one that is further back, or else `create`. */
function optionFirst(words: readonly string[]): VivariumError {
  const name = words.find((word) => listedNames().includes(word)) ?? 'create';
  const at = words.indexOf(name);
  const line = ['vivarium', name, ...words.filter((_, index) => index !== at)].map(quoted).join(' ');
  return new VivariumError('ARGUMENT_INVALID', `Missing command before the option '${words[0]}'`, {
    hint: `Options follow the command: \`${line}\`. ${LIST}`,
  });
}

function listedNames(): readonly string[] {
  return commands.filter(({ hidden }) => !hidden).map(({ name }) => name);
}

/** A word as POSIX shells take it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
