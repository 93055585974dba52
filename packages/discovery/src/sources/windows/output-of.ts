import { join } from 'node:path';
import type { Context } from '@vivarium/core/plugin';
import { variable } from '../path-entries.ts';

const TIME_LIMIT = 10_000;

/**
 * What a command of Windows prints, in UTF-8 whatever the code page of the console is; nothing when it fails.
 *
 * @param command as `cmd.exe` reads it
 */
export async function outputOf(command: string, { env, signal }: Context): Promise<string> {
  const { execFile } = await import('node:child_process');
  const shell = join(variable(env, 'SYSTEMROOT') ?? 'C:\\Windows', 'System32', 'cmd.exe');
  const options = {
    signal,
    env: env as NodeJS.ProcessEnv,
    timeout: TIME_LIMIT,
    windowsHide: true,
    windowsVerbatimArguments: true,
    maxBuffer: 16 << 20,
  };
  return new Promise((resolve) => {
    execFile(shell, ['/d', '/s', '/c', `"chcp 65001>nul & ${command}"`], options, (_, output) => resolve(output));
  });
}
