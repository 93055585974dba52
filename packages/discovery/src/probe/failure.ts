import { existsSync, lstatSync, readlinkSync } from 'node:fs';
import { messageOf, systemCode, VivariumError } from '@vivarium/core/plugin';
import type { Ending } from './run.ts';
import { storeStubError } from './store-stub.ts';

/** Who is asked, and for how long. */
export interface Question {
  readonly executable: string;
  /** How messages say where the executable was found. */
  readonly origin: string;
  /** In milliseconds. */
  readonly timeLimit: number;
}

const ANOTHER = 'Name another Python with -p.';

/** The error for what needs no start to be known as no Python. */
export function unstartable(question: Question): VivariumError | undefined {
  const { executable, origin } = question;
  const stub = storeStubError(executable, origin);
  if (stub !== undefined) return stub;
  try {
    lstatSync(executable);
  } catch (cause) {
    return notStarted(question, whyNotStarted(cause, 'no such file exists'), cause);
  }
  // The real aliases of the Store are links that can't be followed, and yet can be started.
  const target = process.platform === 'win32' ? undefined : danglingTarget(executable);
  if (target === undefined) return undefined;
  return notStarted(question, `it is a link to ${target}, which does not exist`);
}

/** The error for a run without an answer. */
export function failureOf(ending: Exclude<Ending, { kind: 'answered' }>, question: Question): VivariumError {
  switch (ending.kind) {
    case 'not started':
      return notStarted(question, whyNotStarted(ending.cause), ending.cause);
    case 'hung':
      return new VivariumError(
        'PROBE_TIMED_OUT',
        `${nameOf(question)} timed out after ${question.timeLimit / 1000} s while being probed`,
        { hint: 'Start it by hand to see what it waits for, or set VIVARIUM_DISCOVERY_TIMEOUT to more seconds.' },
      );
    case 'flooded':
      return garbled(question, 'prints without end and gives no answer');
    case 'ended':
      if (ending.status === 0) return garbled(question, 'does not answer as a Python does');
      return new VivariumError('PROBE_FAILED', `${nameOf(question)} ${howEnded(ending.status, ending.errors)}`, {
        hint: hintFor(ending.errors),
      });
  }
}

/** The error for an answer that is none. */
export function garbled(question: Question, what: string, cause?: unknown): VivariumError {
  return new VivariumError('PROBE_ANSWER_INVALID', `${nameOf(question)} ${what}`, {
    cause,
    hint: 'See whether it really is a Python, and name another with -p.',
  });
}

function notStarted(question: Question, why: string, cause?: unknown): VivariumError {
  return new VivariumError('PROBE_NOT_STARTED', `${nameOf(question)} can't be started: ${why}`, {
    cause,
    hint: ANOTHER,
  });
}

function nameOf({ executable, origin }: Question): string {
  return `${executable} (${origin})`;
}

function howEnded(status: number | string, errors: string): string {
  const last = errors.trim().split('\n').at(-1)?.trim().slice(0, 300);
  const how = typeof status === 'number' ? `exited with code ${status}` : `was ended by ${status}`;
  return `${how} while being probed${last ? `: ${last}` : ''}`;
}

// The loader of Linux and that of macOS name the library that they miss.
const MISSING_LIBRARY = /(?:shared libraries|Library not loaded): (?<library>[^:\s]*lib(?:python|pypy)[^:\s]*)/;

function hintFor(errors: string): string {
  const library = MISSING_LIBRARY.exec(errors)?.groups?.library;
  if (library === undefined) return ANOTHER;
  const variable = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
  const name = library.slice(library.lastIndexOf('/') + 1);
  return `Add the directory of ${name} to ${variable}, or reinstall this Python. ${ANOTHER}`;
}

function whyNotStarted(cause: unknown, whatIsMissing = 'the program that is to run it does not exist'): string {
  switch (systemCode(cause)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return whatIsMissing;
    case 'ENAMETOOLONG':
      return 'no file can have so long a name';
    case 'EACCES':
      return 'it may not be executed';
    case 'ENOEXEC':
      return 'it is not a program for this system';
    default:
      return messageOf(cause);
  }
}

function danglingTarget(path: string): string | undefined {
  try {
    const target = readlinkSync(path);
    return existsSync(path) ? undefined : target;
  } catch {
    return undefined;
  }
}
