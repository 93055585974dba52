import { availableParallelism } from 'node:os';
import { capture, startInBackground } from '@vivarium/core/internal';
import type { Context, Interpreter } from '@vivarium/core/plugin';
import script from './compile.py';

/** An image to compile. All paths are absolute. */
export interface CompileJob {
  /** The image without byte code. */
  readonly image: string;
  /** The directory that is filled; with a target it is created, and renamed to that at the end. */
  readonly staging: string;
  readonly target: string | null;
  /** A directory that is removed when all has succeeded. */
  readonly claim: string | null;
}

/** Compiles when it is its turn, and waits for it. Throws what went wrong. */
export async function runCompiler(job: CompileJob, interpreter: Interpreter, context: Context): Promise<void> {
  const compiler = compilerOf([job], interpreter, context);
  const { failure, stderr, cause } = await inTurn(() => capture({ ...compiler, signal: context.signal }));
  if (failure !== undefined) throw new Error(`${compiler.executable} ${failure}: ${stderr.trim()}`, { cause });
}

const waiting: (() => void)[] = [];
let running = 0;

/** Each compiler keeps a processor busy. A lock has a hundred packages, and their compilers would fill the memory. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running < availableParallelism()) running += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** Starts a process that compiles and that no one waits for: it outlives this one. */
export function startCompiler(jobs: readonly CompileJob[], interpreter: Interpreter, context: Context): Promise<void> {
  return startInBackground(compilerOf(jobs, interpreter, context));
}

// Neither the variables of the run nor what the user has installed has a say in what byte code is.
function compilerOf(jobs: readonly CompileJob[], { systemExecutable }: Interpreter, context: Context) {
  const { __PYVENV_LAUNCHER__: _, ...env } = context.env;
  return {
    executable: systemExecutable,
    args: ['-E', '-s', '-S', '-B', '-c', script, JSON.stringify(jobs)],
    env,
    cwd: jobs[0]?.image,
  };
}
