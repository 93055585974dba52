import { isVivariumError, messageOf } from '@vivarium/core';
import { style } from './console.ts';

/** Shows an error on standard error and returns the exit code that goes with it. */
export function printError(error: unknown, how: { readonly withTraceback: boolean }): number {
  if (how.withTraceback && error instanceof Error) process.stderr.write(`${stackOf(error)}\n`);
  if (!isVivariumError(error)) {
    say('red', 'error:', `${messageOf(error)} (this is a mistake in vivarium; --with-traceback shows where)`);
    return 1;
  }
  if (error.code === 'INTERRUPTED') {
    say('red', 'error:', 'interrupted; nothing was left behind');
    return 130;
  }
  // A line that is set in goes on with the one above.
  for (const line of error.message.split('\n')) {
    if (line.startsWith('  ')) process.stderr.write(`${line}\n`);
    else say('red', 'error:', line);
  }
  if (error.hint !== undefined) process.stderr.write('\n');
  for (const line of error.hint?.split('\n') ?? []) process.stderr.write(`${style('cyan', 'hint:')} ${line}\n`);
  return error.exitCode;
}

function say(colour: 'red', label: string, text: string): void {
  process.stderr.write(`${style(colour, label)} ${text}\n`);
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
