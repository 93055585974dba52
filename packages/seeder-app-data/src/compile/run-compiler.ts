import { spawn } from 'node:child_process';
import { capture } from '@vivarium/core/internal';
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

/** Compiles, and waits for it. Throws what went wrong. */
export async function runCompiler(job: CompileJob, interpreter: Interpreter, context: Context): Promise<void> {
  const { command, args, options } = compiler([job], interpreter, context);
  const { failure, stderr, cause } = await capture({
    executable: command,
    args,
    env: options.env,
    cwd: options.cwd,
    signal: context.signal,
  });
  if (failure !== undefined) throw new Error(`${command} ${failure}: ${stderr.trim()}`, { cause });
}

/** Starts a process that compiles and that no one waits for: it outlives this one. */
export function startCompiler(jobs: readonly CompileJob[], interpreter: Interpreter, context: Context): void {
  const { command, args, options } = compiler(jobs, interpreter, context);
  const child = spawn(command, args, { ...options, detached: true, stdio: 'ignore' });
  // An interpreter that can't be started is told of by anyone who needs it.
  child.on('error', () => {});
  child.unref();
}

// Neither the variables of the run nor what the user has installed has a say in what byte code is.
function compiler(jobs: readonly CompileJob[], { systemExecutable }: Interpreter, { env }: Context) {
  const { __PYVENV_LAUNCHER__: _, ...kept } = env;
  return {
    command: systemExecutable,
    args: ['-E', '-s', '-S', '-B', '-c', script, JSON.stringify(jobs)],
    options: { env: kept, cwd: jobs[0]?.image, windowsHide: true },
  };
}
