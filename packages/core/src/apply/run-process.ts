import { VivariumError } from '../error.ts';
import type { RunStep } from '../plan/step.ts';
import { killGroup } from '../process/kill-group.ts';

/** What a process is started with besides its step. */
interface RunRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
  readonly destination: string;
  /** Where the environment is now: the destination, or the staging directory. */
  readonly root: string;
}

const OUTPUT_LIMIT = 64 * 1024;

/** Starts the process of a step and waits for it. What it prints is shown only when it fails. */
export async function runProcess(step: RunStep, request: RunRequest): Promise<void> {
  // Most runs start no process and are spared the import.
  const { spawn } = await import('node:child_process');
  const [executable = '', ...args] = step.command.map((word) => relocate(word, request));
  const { code, output } = await new Promise<{ code: number | string; output: string }>((resolve) => {
    const child = spawn(executable, args, {
      env: childEnvironment(request, step.env ?? {}),
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own: what it starts is stopped with it, and by no one but this run.
      detached: process.platform !== 'win32',
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
    };
    const stop = (): void => killGroup(child, 'SIGTERM');
    const limit =
      step.timeLimit &&
      setTimeout(() => {
        killGroup(child, 'SIGKILL');
        resolve({ code: `nothing within ${step.timeLimit} s`, output });
      }, step.timeLimit * 1000);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    request.signal?.addEventListener('abort', stop, { once: true });
    child.on('error', (error) => resolve({ code: error.message, output }));
    child.on('exit', () => clearTimeout(limit));
    // Not before the last of what it started has let go of the pipes.
    child.on('close', (exitCode, signal) => {
      request.signal?.removeEventListener('abort', stop);
      resolve({ code: exitCode ?? signal ?? 'unknown', output });
    });
  });
  if (request.signal?.aborted) throw new VivariumError('INTERRUPTED', 'Interrupted', { cause: request.signal.reason });
  if (code !== 0) throw runFailed(`ended with ${code}`);
  if (step.answer !== undefined && output.trimEnd().split(/\r?\n/).at(-1) !== step.answer) {
    throw runFailed('did not answer');
  }

  // By the places that the user knows: the staging directory is gone when this is read.
  function runFailed(how: string): VivariumError {
    const printed = output.trim().replaceAll(request.root, request.destination);
    return new VivariumError('PROCESS_FAILED', `Could not ${step.purpose}: ${step.command[0]} ${how}`, {
      hint: printed === '' ? 'It printed nothing.' : `It printed:\n${printed}`,
    });
  }
}

/** The place in the staging directory for a word that is the destination or a place in it. */
function relocate(word: string, { destination, root }: RunRequest): string {
  const isInside = word === destination || word.startsWith(`${destination}/`) || word.startsWith(`${destination}\\`);
  return isInside ? root + word.slice(destination.length) : word;
}

function childEnvironment(request: RunRequest, changes: Readonly<Record<string, string | null>>): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...request.env };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete env[name];
    else env[name] = relocate(value, request);
  }
  return env;
}
