import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { type Context, type Interpreter, VivariumError } from '@vivarium/core';
import { type Knowledge, recall, remember } from '../memory/memory.ts';
import { stateOf, witnessesOf } from '../memory/witness.ts';
import type { Answer } from '../probe/answer.ts';
import { baseExecutables, distance } from './base.ts';
import { fromAnswer } from './from-answer.ts';
import { systemExecutableOf } from './system-executable.ts';

/** An executable to learn about. */
export interface Subject {
  /** Absolute. */
  readonly executable: string;
  /** How messages say where it was found. */
  readonly origin: string;
  /** The environments that led here. */
  readonly trail?: ReadonlySet<string>;
}

/** What an executable is: remembered from an earlier run, else asked. */
export async function learn(subject: Subject, context: Context): Promise<Knowledge> {
  const known = recall(subject.executable, context);
  if (known !== undefined) return known;
  const { executable } = subject;
  const before = stateOf(executable);
  // What is remembered need not be asked.
  const { ask } = await import('../probe/ask.ts');
  const answer = await ask(executable, subject.origin, context);
  const knowledge =
    answer.prefix === answer.basePrefix
      ? aboutBase(executable, answer)
      : await aboutEnvironment(subject, answer, context);
  if (knowledge.witnesses[executable] === before && answersForItself(executable, answer)) remember(knowledge, context);
  return knowledge;
}

function aboutBase(executable: string, answer: Answer): Knowledge {
  const systemExecutable = systemExecutableOf(answer.executable ?? executable, answer);
  const realExecutable = realPathOrSelf(systemExecutable);
  const { prefix } = answer;
  const interpreter = fromAnswer(answer, { executable, systemExecutable, realExecutable, prefix });
  return { interpreter, witnesses: witnessesOf(interpreter) };
}

/**
 * An interpreter inside an environment is described by its base: the system may have replaced that since the
 * environment was created, and a new environment gets what is there now.
 */
async function aboutEnvironment(subject: Subject, answer: Answer, context: Context): Promise<Knowledge> {
  const { executable, origin } = subject;
  const { prefix } = answer;
  const self = fromAnswer(answer, { executable, systemExecutable: executable, realExecutable: executable, prefix });
  const base = await findBase({ subject, answer, self }, context);
  if (base === undefined) {
    const message = `${executable} (${origin}) belongs to an environment whose base in ${answer.basePrefix} is not to be found`;
    throw new VivariumError('INTERPRETER_BASE_NOT_FOUND', message, {
      hint: 'The Python that it was created with may have been removed. Name another with -p.',
    });
  }
  const interpreter = { ...base.interpreter, executable, prefix };
  return { interpreter, witnesses: { ...base.witnesses, ...witnessesOf(interpreter) } };
}

interface Search {
  readonly subject: Subject;
  readonly answer: Answer;
  /** The environment's own Python. */
  readonly self: Interpreter;
}

async function findBase({ subject, answer, self }: Search, context: Context): Promise<Knowledge | undefined> {
  const trail = new Set([...(subject.trail ?? []), subject.executable]);
  let best: { readonly knowledge: Knowledge; readonly distance: number } | undefined;
  const asked = new Set<string>();
  for (const executable of baseExecutables(subject.executable, answer)) {
    if (trail.has(executable) || asked.has(realPathOrSelf(executable))) continue;
    asked.add(realPathOrSelf(executable));
    const origin = `the base of ${subject.executable}`;
    const knowledge = await learn({ executable, origin, trail }, context).catch((error: unknown) => {
      context.signal.throwIfAborted();
      context.debug(error instanceof Error ? error.message : String(error));
    });
    if (knowledge === undefined) continue;
    const candidate = { knowledge, distance: distance(self, knowledge.interpreter) };
    if (candidate.distance === 0) return knowledge;
    if (best === undefined || candidate.distance < best.distance) best = candidate;
  }
  return best?.knowledge;
}

/**
 * Whether an executable is itself what answered. A shim or a wrapper starts another file, today this one and tomorrow
 * that; it may not be remembered by what it is. A script says nothing about what it will start next.
 */
function answersForItself(executable: string, answer: Answer): boolean {
  return realPathOrSelf(answer.executable ?? '') === realPathOrSelf(executable) && !isScript(executable);
}

function isScript(path: string): boolean {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const head = Buffer.alloc(2);
    readSync(file, head, 0, 2, 0);
    return head.toString('latin1') === '#!';
  } catch {
    return true;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function realPathOrSelf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
