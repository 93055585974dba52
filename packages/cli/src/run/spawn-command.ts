import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { isatty } from 'node:tty';
import { messageOf, systemCode, VivariumError } from '@vivarium/core/host';
import type { CommandRequest } from './command-request.ts';

/** Starts a file with this process's standard streams, and waits for it. @returns its exit code */
export async function spawnCommand(file: string, { words, env, cwd }: CommandRequest): Promise<number> {
  const [name, ...args] = words;
  const options = { stdio: 'inherit', argv0: name, env, cwd } as const;
  try {
    return await ended(() => spawn(file, args, options));
  } catch (error) {
    // A script without a first line that names a program is one of the shell (POSIX.1-2024, exec).
    if (systemCode(error) !== 'ENOEXEC') throw notStarted(name, error);
    return ended(() => spawn('/bin/sh', [file, ...args], { ...options, argv0: 'sh' })).catch((again: unknown) => {
      throw notStarted(name, again);
    });
  }
}

/** On Windows, where batch files need an interpreter of their own. @returns the exit code */
export async function spawnOnWindows({ words, env, cwd }: CommandRequest): Promise<number> {
  const { default: crossSpawn } = await import('cross-spawn');
  const [name, ...args] = words;
  try {
    return await ended(() => crossSpawn(name, args, { stdio: 'inherit', env, cwd }));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw notStarted(name, error);
    throw new VivariumError('COMMAND_NOT_FOUND', `There is no command \`${name}\``, {
      cause: error,
      hint: 'Check its name, or install what brings it into the environment.',
    });
  }
}

function notStarted(name: string, error: unknown): VivariumError {
  return new VivariumError('COMMAND_NOT_STARTED', `\`${name}\` could not be started: ${messageOf(error)}`, {
    cause: error,
    hint: 'If the first line of a script names a Python that is gone, `vivarium doctor` tells more.',
  });
}

/** Signals that a program may be told to do something by; those that only stop and continue reach the whole group. */
const FORWARDED = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const;
/** What a terminal sends to both processes when a key is pressed; the second would count as another key. */
const FROM_KEYS: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);
/** By these this process ends as the command did, so that its parent sees the signal. */
const REPEATED: ReadonlySet<string> = new Set([
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGPIPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGUSR2',
]);

function ended(start: () => ChildProcess): Promise<number> {
  const isAtTerminal = [0, 1, 2].some((stream) => isatty(stream));
  const handlers = (process.platform === 'win32' ? (['SIGINT'] as const) : FORWARDED).map((name) => {
    const handler = (): void => {
      const reachesBoth = process.platform === 'win32' || (isAtTerminal && FROM_KEYS.has(name));
      if (!reachesBoth) child?.kill(name);
    };
    process.on(name, handler);
    return [name, handler] as const;
  });
  let child: ChildProcess | undefined;
  return new Promise<number>((resolve, reject) => {
    child = start();
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      for (const [name, handler] of handlers) process.off(name, handler);
      if (signal !== null && REPEATED.has(signal)) process.kill(process.pid, signal);
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  }).catch((error: unknown) => {
    for (const [name, handler] of handlers) process.off(name, handler);
    throw error;
  });
}
