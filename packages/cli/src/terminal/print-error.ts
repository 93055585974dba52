import { isVivariumError, messageOf } from '@vivarium/core/host';
import { printable } from '@vivarium/core/internal';
import { tell } from './console.ts';
import { writeMessage } from './write.ts';

/** How an error is shown. */
export interface ErrorStyle {
  readonly withTraceback: boolean;
  /** Shown as Python's `argparse` does for the program of that name. */
  readonly program?: string;
}

/** Shows an error on standard error and returns the exit code that goes with it. */
export function printError(error: unknown, how: ErrorStyle): number {
  const { program } = how;
  const label = program === undefined ? 'error:' : `${program}: error:`;
  const say = (text: string): void => tell('red', label, text);
  if (how.withTraceback && error instanceof Error) writeMessage(`${printable(stackOf(error))}\n`);
  if (!isVivariumError(error)) {
    say(`Unexpected error: ${messageOf(error)}`);
    return 1;
  }
  if (error.code === 'INTERRUPTED') {
    say('interrupted; nothing was left behind');
    return error.exitCode;
  }
  if (program !== undefined && error.exitCode === 2) writeMessage(`usage: ${program} [options] dest\n`);
  // A line that is set in goes on with the one above.
  for (const line of error.message.split('\n')) {
    if (line.startsWith('  ')) writeMessage(`${printable(line)}\n`);
    else say(line);
  }
  const hint = program === undefined ? error.hint : error.hint?.replaceAll('vivarium create', program);
  if (hint !== undefined) writeMessage('\n');
  for (const line of hint?.split('\n') ?? []) tell('cyan', 'hint:', line);
  return error.exitCode;
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
