import { canExecute } from './can-execute.ts';
import type { CommandRequest } from './command-request.ts';
import { findCommand } from './find-command.ts';

/**
 * Lets a command take the place of this process, where Node can do that (22.15, 23.11 and later, not on Windows), so that
 * signals, the terminal and the exit code are the command's own and nothing stays in between. Elsewhere it is started as
 * a process of its own.
 *
 * @returns the exit code, where this process is still there
 * @throws VivariumError `COMMAND_NOT_FOUND`, `COMMAND_NOT_EXECUTABLE`, `COMMAND_NOT_STARTED`
 */
export async function startCommand(request: CommandRequest): Promise<number> {
  if (process.platform === 'win32') return (await import('./spawn-command.ts')).spawnOnWindows(request);
  const file = findCommand(request.words[0], request);
  if (execve !== undefined && canExecute(file)) becomeCommand(file, request);
  return (await import('./spawn-command.ts')).spawnCommand(file, request);
}

/** In Node's types since 22.15. */
type Execve = (file: string, args: string[], env: Record<string, string | undefined>) => never;

const { execve } = process as { readonly execve?: Execve };

function becomeCommand(file: string, { words, env }: CommandRequest): void {
  // Node ignores these two signals, and a program would inherit that; those that are handled become the default again.
  for (const name of ['SIGPIPE', 'SIGXFSZ'] as const) process.on(name, () => {});
  execve?.(file, [...words], { ...env });
}
