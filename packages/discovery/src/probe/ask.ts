import { randomBytes } from 'node:crypto';
import { existsSync, readlinkSync } from 'node:fs';
import { type Context, messageOf, systemCode, VivariumError } from '@vivarium/core';
import { type Answer, readAnswer } from './answer.ts';
import { probeEnvironment } from './environment.ts';
import script from './probe.py';
import { type Ending, run } from './run.ts';
import { storeStubError } from './store-stub.ts';
import { timeLimitOf } from './time-limit.ts';

// `-I` came with 3.4; before it these two keep the user's variables and packages away.
const ISOLATED = ['-I', '-B'] as const;
const ISOLATED_BEFORE_3_4 = ['-E', '-s', '-B'] as const;

/**
 * Starts an interpreter and asks it what it is.
 *
 * @param origin how messages say where the executable was found
 * @throws VivariumError `PROBE_NOT_STARTED`, `PROBE_CRASHED`, `PROBE_HUNG`, `PROBE_GARBLED` or `STORE_STUB`
 */
export async function ask(executable: string, origin: string, context: Context): Promise<Answer> {
  const timeLimit = timeLimitOf(context.env);
  const stub = storeStubError(executable, origin);
  if (stub !== undefined) throw stub;
  const listen = (flags: readonly string[]): Promise<Ending> => {
    const marks = [mark(), mark()] as const;
    return run({
      executable,
      args: [...flags, '-c', script, ...marks],
      env: probeEnvironment(context.env),
      workingFolder: context.workingFolder,
      timeLimit,
      signal: context.signal,
      findAnswer: (output) => between(output, reversed(marks[0]), reversed(marks[1])),
    });
  };
  context.trace(`starting ${executable} (${origin}) to ask what it is`);
  let ending = await listen(ISOLATED);
  if (ending.kind === 'ended' && (ending.status === 2 || ending.errors.includes('-I'))) {
    ending = await listen(ISOLATED_BEFORE_3_4);
  }
  if (ending.kind !== 'answered') throw failure(ending, { executable, origin, timeLimit });
  try {
    return readAnswer(ending.answer);
  } catch (error) {
    throw new VivariumError('PROBE_GARBLED', `${name(executable, origin)} answers wrongly: ${messageOf(error)}`, {
      cause: error,
      hint: 'See whether it really is a Python, and name another with -p.',
    });
  }
}

// The marks are handed over reversed: a program that only prints its arguments does not answer by it.
function mark(): string {
  return randomBytes(16).toString('hex');
}

function reversed(text: string): string {
  return [...text].reverse().join('');
}

function between(text: string, begin: string, end: string): string | undefined {
  const from = text.indexOf(begin);
  if (from < 0) return undefined;
  const to = text.indexOf(end, from + begin.length);
  return to < 0 ? undefined : text.slice(from + begin.length, to);
}

interface Asked {
  readonly executable: string;
  readonly origin: string;
  readonly timeLimit: number;
}

function failure(ending: Exclude<Ending, { kind: 'answered' }>, asked: Asked): VivariumError {
  const subject = name(asked.executable, asked.origin);
  const another = 'Name another Python with -p.';
  switch (ending.kind) {
    case 'not started':
      return new VivariumError(
        'PROBE_NOT_STARTED',
        `${subject} can't be started: ${whyNotStarted(asked.executable, ending.cause)}`,
        {
          cause: ending.cause,
          hint: another,
        },
      );
    case 'hung':
      return new VivariumError('PROBE_HUNG', `${subject} gave no answer within ${asked.timeLimit / 1000} seconds`, {
        hint: `Start it by hand to see what it waits for, or give it more time with VIVARIUM_DISCOVERY_TIMEOUT (seconds).`,
      });
    case 'flooded':
      return new VivariumError('PROBE_GARBLED', `${subject} prints without end and gives no answer`, { hint: another });
    case 'ended':
      return ending.status === 0
        ? new VivariumError('PROBE_GARBLED', `${subject} does not answer as a Python does`, {
            hint: 'See whether it really is a Python, and name another with -p.',
          })
        : new VivariumError('PROBE_CRASHED', `${subject} ${howEnded(ending.status, ending.errors)}`, {
            hint: another,
          });
  }
}

function name(executable: string, origin: string): string {
  return `${executable} (${origin})`;
}

function howEnded(status: number | string, errors: string): string {
  const last = errors.trim().split('\n').at(-1)?.trim().slice(0, 300);
  const how = typeof status === 'number' ? `ended with exit code ${status}` : `was ended by ${status}`;
  return `${how} when it was asked what it is${last ? `: ${last}` : ''}`;
}

function whyNotStarted(executable: string, cause: unknown): string {
  const target = danglingTarget(executable);
  if (target !== undefined) return `it is a link to ${target}, which does not exist`;
  switch (systemCode(cause)) {
    case 'ENOENT':
      return existsSync(executable) ? 'the program that is to run it does not exist' : 'no such file exists';
    case 'EACCES':
      return 'it may not be executed';
    case 'ENOEXEC':
      return 'it is no program for this system';
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
