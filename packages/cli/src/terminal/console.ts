import { fstatSync, statSync, writeSync } from 'node:fs';
import { devNull } from 'node:os';
import { styleText } from 'node:util';
import { systemCode } from '@vivarium/core';

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

/** Writes results to standard output. A reader that has gone away (`| head -1`) has all that it wanted. */
export function print(text: string): void {
  const bytes = Buffer.from(`${text}\n`);
  const rest = process.platform === 'win32' ? bytes : writeDirectly(bytes);
  if (rest.length > 0) writeByStream(rest);
}

/**
 * Writes to standard output without Node's stream for it, which takes longer to load than all else that a run needs.
 * Returns what could not be written, since the reader is not ready.
 */
function writeDirectly(bytes: Buffer): Buffer {
  let rest = bytes;
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
    return rest;
  } catch (error) {
    if (systemCode(error) === 'EAGAIN') return rest;
    if (systemCode(error) === 'EPIPE') return Buffer.alloc(0);
    throw error;
  }
}

function writeByStream(bytes: Buffer): void {
  process.stdout.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  process.stdout.write(bytes);
}

/** A console that writes to the process's own streams. */
export function openConsole(verbosity: number): Console {
  return {
    verbosity,
    print,
    warn: (message) => {
      if (verbosity > -2) process.stderr.write(`${style('yellow', 'warning:')} ${message}\n`);
    },
    debug: (message) => {
      if (verbosity > 0) process.stderr.write(`${verbosity > 1 ? sinceStart() : ''}${message}\n`);
    },
  };
}

/** How long the process has been running: shows which stage of a run takes how long. */
function sinceStart(): string {
  return `${String(Math.round(process.uptime() * 1000)).padStart(6)} ms  `;
}

/**
 * Whether someone sees what goes to standard error. What is no device at all, or the null device, is no terminal, which
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
export function style(colour: 'red' | 'yellow' | 'cyan', text: string): string {
  return styleText(colour, text, { stream: process.stderr });
}
