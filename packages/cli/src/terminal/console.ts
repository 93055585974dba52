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

/** A console that writes to the process's own streams. */
export function openConsole(verbosity: number): Console {
  return {
    verbosity,
    print: (text) => void process.stdout.write(`${text}\n`),
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
