import { parse } from 'node:path';
import { temporaryName } from '@vivarium/core/internal';
import { type Context, messageOf } from '@vivarium/core/plugin';
import { isDirectory } from '../sources/executable-file.ts';
import { type Answer, readAnswer } from './answer.ts';
import { probeEnvironment } from './environment.ts';
import { failureOf, garbled, type Question, unstartable } from './failure.ts';
import script from './probe.py';
import { type Ending, run } from './run.ts';
import { timeLimitOf } from './time-limit.ts';

// `-I` came with 3.4; before it these two keep the user's variables and packages away.
const ISOLATED = ['-I', '-B'] as const;
const ISOLATED_BEFORE_3_4 = ['-E', '-s', '-B'] as const;

/**
 * Starts an interpreter and asks it what it is.
 *
 * @param origin how messages say where the executable was found
 * @throws VivariumError `PROBE_NOT_STARTED`, `PROBE_FAILED`, `PROBE_TIMED_OUT`, `PROBE_ANSWER_INVALID` or
 * `INTERPRETER_NOT_INSTALLED`
 */
export async function ask(executable: string, origin: string, context: Context): Promise<Answer> {
  const question: Question = { executable, origin, timeLimit: timeLimitOf(executable, context.env) };
  const obstacle = unstartable(question);
  if (obstacle !== undefined) throw obstacle;
  context.emit?.({ type: 'probe', executable });
  context.debug(`starting ${executable} (${origin}) to ask what it is`);
  let ending = await listen(question, ISOLATED, context);
  if (ending.kind === 'ended' && (ending.status === 2 || ending.errors.includes('-I'))) {
    ending = await listen(question, ISOLATED_BEFORE_3_4, context);
  }
  if (ending.kind !== 'answered') throw failureOf(ending, question);
  try {
    return readAnswer(ending.answer);
  } catch (error) {
    throw garbled(question, `answers wrongly: ${messageOf(error)}`, error);
  }
}

function listen({ executable, timeLimit }: Question, flags: readonly string[], context: Context): Promise<Ending> {
  const marks = [mark(), mark()] as const;
  return run({
    executable,
    args: [...flags, '-c', script, ...marks],
    env: probeEnvironment(context.env),
    // Programs can't be started from a cwd that was deleted, and the answer does not depend on it.
    cwd: isDirectory(context.cwd) ? context.cwd : parse(process.execPath).root,
    timeLimit,
    signal: context.signal,
    findAnswer: (output) => between(output, reversed(marks[0]), reversed(marks[1])),
  });
}

// The marks are handed over reversed: a program that only prints its arguments does not answer by it.
function mark(): string {
  return temporaryName();
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
