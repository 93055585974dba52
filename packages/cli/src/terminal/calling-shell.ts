import { readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** What tells in which shell a command was typed. */
export interface Caller {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Number of the process that started ours. */
  readonly parent: number;
}

/**
 * The shell that the command was probably typed in: the program that started us, where the system tells its name (Linux,
 * proc(5)) and it is one of `known`; else the user's own (`SHELL`, POSIX.1-2024, Environment Variables). On Windows only
 * the command prompt has its `PROMPT` in the environment.
 */
export function callingShell(known: ReadonlySet<string>, { env, platform, parent }: Caller): string | undefined {
  const named = env.SHELL === undefined ? undefined : posix.basename(env.SHELL).replace(/\.exe$/i, '');
  if (platform === 'win32') return named ?? (env.PROMPT === undefined ? 'powershell' : 'cmd');
  return [nameOf(parent), named].find((name) => name !== undefined && known.has(name));
}

function nameOf(process: number): string | undefined {
  try {
    return readFileSync(`/proc/${process}/comm`, 'utf8').trimEnd();
  } catch {
    return undefined;
  }
}
