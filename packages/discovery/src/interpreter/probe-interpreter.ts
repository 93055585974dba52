import { resolve } from 'node:path';
import type { Cache, Context, Interpreter } from '@vivarium/core/plugin';
import { readCached } from '../cache/interpreter-cache.ts';
import { describeExecutable } from './describe-executable.ts';

// A run has one cache, while contexts are created again to give parts of the run a signal of their own.
const runs = new WeakMap<Cache, Map<string, Promise<Interpreter>>>();

/**
 * Learns what an executable is: from the cache where nothing has changed since it was asked, else by starting it. The
 * Python of an environment is described by the base that the environment rests on. In one run no executable is asked
 * twice.
 *
 * @param executable a path; a relative one counts from the working directory of the run
 * @param origin how messages say where it was found: `PATH`, `-p`
 * @throws VivariumError `PROBE_NOT_STARTED`, `PROBE_FAILED`, `PROBE_TIMED_OUT`, `PROBE_ANSWER_INVALID`,
 * `INTERPRETER_BASE_NOT_FOUND`, or
 *   `TIME_LIMIT_INVALID`
 */
export function probeInterpreter(executable: string, context: Context, origin = 'given by path'): Promise<Interpreter> {
  const path = resolve(context.cwd, executable);
  const known = runs.get(context.cache) ?? new Map<string, Promise<Interpreter>>();
  runs.set(context.cache, known);
  const earlier = known.get(path);
  if (earlier !== undefined) return earlier;
  const interpreter = describeExecutable({ executable: path, origin }, context).then(
    (described) => described.interpreter,
  );
  known.set(path, interpreter);
  interpreter.catch(() => {
    // Broken off, it says nothing about the executable.
    if (context.signal.aborted) known.delete(path);
  });
  return interpreter;
}

/** What is known of an executable from earlier runs, if nothing has changed since: what {@link probeInterpreter} gives then. */
export function cachedInterpreter(executable: string, context: Context): Interpreter | undefined {
  return readCached(resolve(context.cwd, executable), context)?.interpreter;
}
