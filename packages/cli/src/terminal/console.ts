import { fstatSync, statSync } from 'node:fs';
import { devNull } from 'node:os';
import { styleText } from 'node:util';
import { printable } from '@vivarium/core/internal';
import { writeMessage, writeOutput } from './write.ts';

type Colour = 'red' | 'yellow' | 'cyan';

/** How much is said: 0 is normal, each `-q` takes one away, each `-v` adds one. */
export interface Console {
  readonly verbosity: number;
  /** Results, on standard output. */
  print(text: string): void;
  /** Warnings, on standard error. */
  warn(message: string): void;
  /** What is being done, on standard error, with `-v`; with `-vv` each line says when. */
  debug(message: string): void;
}

/** Writes a result to standard output. @throws VivariumError `OUTPUT_NOT_WRITABLE` */
export function print(text: string): void {
  writeOutput(`${text}\n`);
}

/** Writes a message to standard error after a word that says what it is. */
export function tell(colour: Colour, word: string, message: string): void {
  writeMessage(`${style(colour, word)} ${printable(message)}\n`);
}

/** A console that writes to the process's own streams. */
export function openConsole(verbosity: number): Console {
  return {
    verbosity,
    print,
    warn: (message) => {
      if (verbosity > -2) tell('yellow', 'warning:', message);
    },
    debug: (message) => {
      if (verbosity > 0) writeMessage(`${verbosity > 1 ? sinceStart() : ''}${printable(message)}\n`);
    },
  };
}

/** Writes to standard error what can be typed next. */
export function tellCommand(what: string, command: string): void {
  writeMessage(`${what} ${style('cyan', printable(command))}\n`);
}

/** How long the process has been running: shows which stage of a run takes how long. */
function sinceStart(): string {
  return `${String(Math.round(process.uptime() * 1000)).padStart(6)} ms  `;
}

/**
 * Whether someone sees what goes to standard error. What is not a device at all, or the null device, is not a terminal, which
 * can be told without Node's stream for it.
 */
export function isSeen(): boolean {
  if (process.platform === 'win32') return process.stderr.isTTY;
  try {
    const { rdev } = fstatSync(2);
    return rdev !== 0 && rdev !== statSync(devNull).rdev && process.stderr.isTTY;
  } catch {
    return process.stderr.isTTY;
  }
}

/** Text for standard error, coloured where that is wanted (a terminal, `NO_COLOR`, `FORCE_COLOR`). */
function style(colour: Colour, text: string): string {
  return styleText(colour, text, { stream: process.stderr });
}
