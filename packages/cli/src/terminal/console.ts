import { styleText } from 'node:util';

/** How much is said: 0 is normal, each `-q` takes one away, each `-v` adds one. */
export interface Console {
  readonly verbosity: number;
  /** Results, on standard output. */
  print(text: string): void;
  /** Warnings, on standard error. */
  notice(message: string): void;
  /** What is being done, on standard error, with `-v`. */
  trace(message: string): void;
}

/** Writes results to standard output. A reader that has gone away (`| head -1`) has all that it wanted. */
export function print(text: string): void {
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(`${text}\n`);
}

/** A console that writes to the process's own streams. */
export function openConsole(verbosity: number): Console {
  return {
    verbosity,
    print,
    notice: (message) => {
      if (verbosity > -2) process.stderr.write(`${style('yellow', 'warning:')} ${message}\n`);
    },
    trace: (message) => {
      if (verbosity > 0) process.stderr.write(`${message}\n`);
    },
  };
}

/** Text for standard error, coloured where that is wanted (a terminal, `NO_COLOR`, `FORCE_COLOR`). */
export function style(colour: 'red' | 'yellow' | 'cyan', text: string): string {
  return styleText(colour, text, { stream: process.stderr });
}
