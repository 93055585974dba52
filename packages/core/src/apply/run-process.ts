import { VivariumError } from '../error.ts';
import type { RunStep } from '../plan/step.ts';

interface RunRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
}

const OUTPUT_LIMIT = 64 * 1024;

/** Starts the process of a step and waits for it. What it prints is shown only when it fails. */
export async function runProcess(step: RunStep, request: RunRequest): Promise<void> {
  // Most runs start no process and are spared the import.
  const { spawn } = await import('node:child_process');
  const [executable, ...args] = step.command;
  const { code, output } = await new Promise<{ code: number | string; output: string }>((resolve) => {
    const child = spawn(executable, args, {
      env: childEnvironment(request.env, step.env ?? {}),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_LIMIT);
    };
    const stop = (): void => {
      child.kill('SIGTERM');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    request.signal?.addEventListener('abort', stop, { once: true });
    child.on('error', (error) => resolve({ code: error.message, output }));
    child.on('close', (exitCode, signal) => {
      request.signal?.removeEventListener('abort', stop);
      resolve({ code: exitCode ?? signal ?? 'unknown', output });
    });
  });
  if (request.signal?.aborted) throw new VivariumError('INTERRUPTED', 'Interrupted', { cause: request.signal.reason });
  if (code !== 0) {
    throw new VivariumError('RUN_FAILED', `Could not ${step.purpose}: ${executable} ended with ${code}`, {
      hint: output.trim() === '' ? 'It printed nothing.' : `It printed:\n${output.trim()}`,
    });
  }
}

function childEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  changes: Readonly<Record<string, string | null>>,
): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...inherited };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete env[name];
    else env[name] = value;
  }
  return env;
}
