import { join } from 'node:path';
import { capture } from '@vivarium/core/internal';
import type { Context } from '@vivarium/core/plugin';
import { variable } from '../path-entries.ts';

const TIME_LIMIT = 10_000;

/**
 * What a command of Windows prints, in UTF-8 whatever the code page of the console is; nothing when it fails.
 *
 * @param command as `cmd.exe` reads it
 */
export async function outputOf(command: string, { env, signal }: Context): Promise<string> {
  const shell = join(variable(env, 'SYSTEMROOT') ?? 'C:\\Windows', 'System32', 'cmd.exe');
  const { stdout } = await capture({
    executable: shell,
    args: ['/d', '/s', '/c', `"chcp 65001>nul & ${command}"`],
    isVerbatim: true,
    env,
    signal,
    timeLimit: TIME_LIMIT,
    outputLimit: 16 << 20,
  });
  return stdout;
}
