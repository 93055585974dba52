import { closeSync, openSync, readSync, realpathSync } from 'node:fs';
import { type Context, type Interpreter, VivariumError } from '@vivarium/core/plugin';
import { dependenciesOf, stateOf } from '../cache/dependencies.ts';
import { type CachedInterpreter, readCached, writeCached } from '../cache/interpreter-cache.ts';
import type { Answer } from '../probe/answer.ts';
import { baseExecutables, distance } from './base.ts';
import { fromAnswer } from './from-answer.ts';
import { describeStarted, startsItself } from './started-file.ts';
import type { Subject } from './subject.ts';
import { systemExecutableOf } from './system-executable.ts';

/** What an executable is: from the cache where nothing has changed since, else asked. */
export async function describeExecutable(subject: Subject, context: Context): Promise<CachedInterpreter> {
  const known = readCached(subject.executable, context);
  if (known !== undefined) return known;
  const { executable } = subject;
  const before = stateOf(executable);
  // What is in the cache need not be asked.
  const { ask } = await import('../probe/ask.ts');
  const answer = await ask(executable, subject.origin, context);
  const described = await describeAnswer(subject, answer, context);
  if (described.dependencies[executable] === before && answersForItself(executable, answer)) {
    writeCached(described, context);
  }
  return described;
}

async function describeAnswer(subject: Subject, answer: Answer, context: Context): Promise<CachedInterpreter> {
  const { executable } = subject;
  if (answer.prefix !== answer.basePrefix) return aboutEnvironment(subject, answer, context);
  if (startsItself(executable, answer)) return aboutBase(executable, withOwnPath(executable, answer));
  const started = await describeStarted({ subject, answer, describe: attempt(context) });
  return started ?? aboutBase(executable, answer);
}

/** What an executable calls itself counts where it leads to the same file: it may be a name that is more lasting. */
function withOwnPath(executable: string, answer: Answer): Answer {
  const { executable: claimed = executable } = answer;
  return realPathOrSelf(claimed) === realPathOrSelf(executable) ? answer : { ...answer, executable };
}

function aboutBase(executable: string, answer: Answer): CachedInterpreter {
  const systemExecutable = systemExecutableOf(answer.executable ?? executable, answer);
  const realExecutable = realPathOrSelf(systemExecutable);
  const { prefix } = answer;
  const interpreter = fromAnswer(answer, { executable, systemExecutable, realExecutable, prefix });
  return { interpreter, dependencies: dependenciesOf(interpreter) };
}

/**
 * An interpreter inside an environment is described by its base: the system may have replaced that since the
 * environment was created, and a new environment gets what is there now.
 */
async function aboutEnvironment(subject: Subject, answer: Answer, context: Context): Promise<CachedInterpreter> {
  const { executable, origin } = subject;
  const { prefix } = answer;
  const self = fromAnswer(answer, { executable, systemExecutable: executable, realExecutable: executable, prefix });
  const base = await findBase({ subject, answer, self }, context);
  if (base === undefined) {
    const message = `${executable} (${origin}) belongs to an environment whose base in ${answer.basePrefix} was not found`;
    throw new VivariumError('INTERPRETER_BASE_NOT_FOUND', message, {
      hint: 'The Python that it was created with may have been removed. Choose another with -p.',
    });
  }
  const interpreter = { ...base.interpreter, executable, prefix };
  return { interpreter, dependencies: { ...base.dependencies, ...dependenciesOf(interpreter) } };
}

interface BaseSearch {
  readonly subject: Subject;
  readonly answer: Answer;
  /** The environment's own Python. */
  readonly self: Interpreter;
}

async function findBase(
  { subject, answer, self }: BaseSearch,
  context: Context,
): Promise<CachedInterpreter | undefined> {
  const trail = new Set([...(subject.trail ?? []), subject.executable]);
  let best: { readonly described: CachedInterpreter; readonly distance: number } | undefined;
  const asked = new Set<string>();
  for (const executable of baseExecutables(subject.executable, answer)) {
    if (trail.has(executable) || asked.has(realPathOrSelf(executable))) continue;
    asked.add(realPathOrSelf(executable));
    const described = await attempt(context)({ executable, origin: `the base of ${subject.executable}`, trail });
    if (described === undefined) continue;
    const candidate = { described, distance: distance(self, described.interpreter) };
    if (candidate.distance === 0) return described;
    if (best === undefined || candidate.distance < best.distance) best = candidate;
  }
  return best?.described;
}

/** Describes what may be no Python; `undefined` for what is none. */
function attempt(context: Context): (subject: Subject) => Promise<CachedInterpreter | undefined> {
  return (subject) =>
    describeExecutable(subject, context).catch((error: unknown) => {
      context.signal.throwIfAborted();
      context.debug(error instanceof Error ? error.message : String(error));
      return undefined;
    });
}

/**
 * Whether an executable is itself what answered. A shim or a wrapper starts another file, today this one and tomorrow
 * that; it may not be cached by what it is. A script says nothing about what it will start next.
 */
function answersForItself(executable: string, answer: Answer): boolean {
  const real = realPathOrSelf(executable);
  const { runningFile = real } = answer;
  return realPathOrSelf(answer.executable ?? '') === real && runningFile === real && !isScript(executable);
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
