import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { killGroup } from './kill-group.ts';

/** A process to start and wait for. */
export interface CaptureRequest {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds. @default none */
  readonly timeLimit?: number;
  /** How many characters of each stream are kept: the last ones. @default 1 MiB */
  readonly outputLimit?: number;
  /** How standard output is read; standard error is always UTF-8. @default 'utf8' */
  readonly encoding?: 'utf8' | 'latin1';
  /** Called with what is kept of standard output whenever more has come; the process is ended once it returns `true`. */
  readonly isEnough?: (stdout: string) => boolean;
  /** Arguments of Windows are passed as they are. @default false */
  readonly isVerbatim?: boolean;
}

/** How a process ended and what it printed. */
export interface Captured {
  /** Which end it was; `enough` when `isEnough` said so. */
  readonly ending: 'exited' | 'not started' | 'timed out' | 'enough';
  /** The exit code, or the signal that ended it; `undefined` where it did not exit by itself. */
  readonly status?: number | string | undefined;
  /** `undefined` when it exited with 0 or printed enough, and otherwise a clause that says what happened: `exited with code 3`. */
  readonly failure: string | undefined;
  /** The system's error when it could not be started. */
  readonly cause?: unknown;
  readonly stdout: string;
  readonly stderr: string;
}

const OUTPUT_LIMIT = 1 << 20;
// What a process printed last can still be on its way; a child of it that keeps the pipe open is not waited for.
const GRACE_MS = 200;

/**
 * Starts a process and waits for its end. Whatever happens, it and all that it started are gone then.
 *
 * @throws the reason of `signal` when that is aborted
 */
export async function capture(request: CaptureRequest): Promise<Captured> {
  const { signal } = request;
  signal?.throwIfAborted();
  // A run that starts no process is spared the import.
  const { spawn } = await import('node:child_process');
  const limit = request.outputLimit ?? OUTPUT_LIMIT;
  const output = { stdout: '', stderr: '' };
  return new Promise((resolve, reject) => {
    let child: ChildProcess;
    try {
      child = spawn(request.executable, request.args, optionsOf(request));
    } catch (cause) {
      resolve({ ...notStarted(cause), ...output });
      return;
    }
    let grace: NodeJS.Timeout | undefined;
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      clearTimeout(grace);
      signal?.removeEventListener('abort', abort);
      child.removeAllListeners();
      child.on('error', () => {});
      killGroup(child);
      child.stdout?.destroy();
      child.stderr?.destroy();
      child.unref();
      settle();
    };
    const end = (how: Omit<Captured, 'stdout' | 'stderr'>): void => finish(() => resolve({ ...how, ...output }));
    const abort = (): void => finish(() => reject(signal?.reason));
    const { timeLimit } = request;
    const timer =
      timeLimit === undefined
        ? undefined
        : setTimeout(() => end({ ending: 'timed out', failure: `timed out after ${timeLimit / 1000} s` }), timeLimit);
    signal?.addEventListener('abort', abort, { once: true });
    child.stdout?.setEncoding(request.encoding ?? 'utf8').on('data', (chunk: string) => {
      output.stdout = (output.stdout + chunk).slice(-limit);
      if (request.isEnough?.(output.stdout)) end({ ending: 'enough', failure: undefined });
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      output.stderr = (output.stderr + chunk).slice(-limit);
    });
    child.on('error', (cause) => end(notStarted(cause)));
    child.on('exit', (code, by) => {
      const failure = code === 0 ? undefined : code === null ? `was ended by ${by}` : `exited with code ${code}`;
      const how = { ending: 'exited', status: code ?? by ?? 'unknown', failure } as const;
      grace = setTimeout(() => end(how), GRACE_MS);
      child.on('close', () => end(how));
    });
  });
}

function notStarted(cause: unknown): Omit<Captured, 'stdout' | 'stderr'> {
  return { ending: 'not started', failure: 'could not be started', cause };
}

function optionsOf({ cwd, env, isVerbatim }: CaptureRequest): SpawnOptions {
  return {
    ...(cwd === undefined ? {} : { cwd }),
    env: env as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that all of it can be ended at once.
    detached: process.platform !== 'win32',
    windowsHide: true,
    windowsVerbatimArguments: isVerbatim === true,
  };
}
