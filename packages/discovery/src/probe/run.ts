import type { ChildProcess } from 'node:child_process';
import { killGroup } from '@vivarium/core/internal';

/** A process to start, and how long and how much to listen to it. */
export interface Run {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** In milliseconds. */
  readonly timeLimit: number;
  readonly signal: AbortSignal;
  /** Asked with all of the output so far; the run is over as soon as it gives something. */
  readonly findAnswer: (output: string) => string | undefined;
}

/** How a run ended. */
export type Ending =
  | { readonly kind: 'answered'; readonly answer: string }
  | { readonly kind: 'not started'; readonly cause: unknown }
  | { readonly kind: 'ended'; readonly status: number | string; readonly errors: string }
  | { readonly kind: 'hung' }
  | { readonly kind: 'flooded' };

const OUTPUT_LIMIT = 1 << 20;
const ERRORS_LIMIT = 1 << 12;
// What was written before the end may still be on its way; a grandchild that keeps the pipe open is not waited for.
const GRACE = 200;

/**
 * Starts a process and listens for its answer. Whatever happens, the process and all that it started are gone when this
 * is over.
 *
 * @throws the reason of `signal` when that is aborted
 */
export async function run(request: Run): Promise<Ending> {
  request.signal.throwIfAborted();
  const { spawn } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    let child: ChildProcess;
    try {
      child = spawn(request.executable, request.args, {
        cwd: request.cwd,
        env: request.env as NodeJS.ProcessEnv,
        stdio: ['ignore', 'pipe', 'pipe'],
        // A group of its own, so that all of it can be killed at once.
        detached: process.platform !== 'win32',
        windowsHide: true,
      });
    } catch (cause) {
      resolve({ kind: 'not started', cause });
      return;
    }
    let output = '';
    let errors = '';
    let grace: NodeJS.Timeout | undefined;

    function finish(settle: () => void): void {
      clearTimeout(limit);
      clearTimeout(grace);
      request.signal.removeEventListener('abort', abort);
      child.removeAllListeners();
      child.on('error', () => {});
      killGroup(child);
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.unref();
      settle();
    }
    const end = (ending: Ending): void => finish(() => resolve(ending));
    const abort = (): void => finish(() => reject(request.signal.reason));
    const limit = setTimeout(() => end({ kind: 'hung' }), request.timeLimit);
    request.signal.addEventListener('abort', abort, { once: true });

    child.stdout?.setEncoding('latin1').on('data', (chunk: string) => {
      output += chunk;
      const answer = request.findAnswer(output);
      if (answer !== undefined) end({ kind: 'answered', answer });
      else if (output.length > OUTPUT_LIMIT) end({ kind: 'flooded' });
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      errors = (errors + chunk).slice(-ERRORS_LIMIT);
    });
    child.on('error', (cause) => end({ kind: 'not started', cause }));
    child.on('exit', (code, signal) => {
      const ending = { kind: 'ended', status: code ?? signal ?? 'unknown' } as const;
      grace = setTimeout(() => end({ ...ending, errors }), GRACE);
      child.on('close', () => end({ ...ending, errors }));
    });
  });
}
