import { setMaxListeners } from 'node:events';
import {
  type Candidate,
  type Context,
  type Interpreter,
  isVivariumError,
  type VivariumError,
} from '@vivarium/core/plugin';
import { cachedInterpreter, probeInterpreter } from '../interpreter/probe-interpreter.ts';

/** A candidate and what came of asking it. */
export type Probed =
  | { readonly candidate: Candidate; readonly interpreter: Interpreter }
  | { readonly candidate: Candidate; readonly failure: VivariumError };

/** After this time (in milliseconds) without an answer, the candidates behind are asked as well. */
const PATIENCE = 1000;
// Besides those that were asked longer ago and still are silent: mostly they wait for something, and need no processor.
const MAX_CONCURRENCY = 16;

interface Asked {
  readonly answer: Promise<Probed>;
  /** Milliseconds, by {@link now}. */
  readonly since: number;
  isAnswered: boolean;
}

/**
 * Asks candidates one by one, and gives what they answer in their order. One that is slow holds up none but its own
 * answer: those behind it are asked in the meantime, so that a directory of hanging programs costs the time limit once,
 * and hundreds of them little more. Anyone who stops listening ends what is still being asked.
 *
 * @param atOnce how many are asked at the same time from the start
 */
export async function* probeInOrder(
  candidates: AsyncIterable<Candidate> | Iterable<Candidate>,
  context: Context,
  atOnce = 1,
): AsyncGenerator<Probed> {
  let stop: AbortController | undefined;
  let inner: Context | undefined;
  const asked = new Set<string>();
  const queue: Asked[] = [];
  const source =
    Symbol.asyncIterator in candidates ? candidates[Symbol.asyncIterator]() : candidates[Symbol.iterator]();

  async function askNext(): Promise<boolean> {
    for (;;) {
      const { value: candidate, done } = await source.next();
      if (done) return false;
      if (asked.has(candidate.executable)) continue;
      asked.add(candidate.executable);
      const one = start(candidate);
      const answered = (): void => {
        one.isAnswered = true;
      };
      // Waited for in its turn.
      one.answer.then(answered, answered);
      queue.push(one);
      return true;
    }
  }

  function start(candidate: Candidate): Asked {
    const since = now();
    const interpreter = cachedInterpreter(candidate.executable, context);
    if (interpreter !== undefined) {
      return { answer: Promise.resolve({ candidate, interpreter }), since, isAnswered: true };
    }
    if (inner === undefined) {
      stop = new AbortController();
      inner = { ...context, signal: AbortSignal.any([context.signal, stop.signal]) };
      setMaxListeners(0, inner.signal);
    }
    return { answer: probe(candidate, inner), since, isAnswered: false };
  }

  let width = atOnce;
  let isMore = true;
  try {
    for (;;) {
      while (isMore && queue.filter((one) => !isSilent(one)).length < width) isMore = await askNext();
      const [head] = queue;
      if (head === undefined) return;
      if (isMore && !head.isAnswered && !(await settlesWithin(head.answer, PATIENCE))) {
        width = MAX_CONCURRENCY;
        continue;
      }
      yield await head.answer;
      queue.splice(0, 1);
    }
  } finally {
    stop?.abort();
    await source.return?.();
  }
}

function isSilent({ since, isAnswered }: Asked): boolean {
  return !isAnswered && now() - since >= PATIENCE;
}

// The clock of `performance` has to be loaded first, which takes longer than finding a Python that is known.
function now(): number {
  return process.uptime() * 1000;
}

async function probe(candidate: Candidate, context: Context): Promise<Probed> {
  try {
    return { candidate, interpreter: await probeInterpreter(candidate.executable, context, candidate.source) };
  } catch (failure) {
    if (!isVivariumError(failure) || failure.code === 'TIME_LIMIT_INVALID') throw failure;
    context.signal.throwIfAborted();
    return { candidate, failure };
  }
}

async function settlesWithin(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, time]).finally(() => clearTimeout(timer));
}
