import { join } from 'node:path';
import { type Env, variable } from './path-entries.ts';

/** The user's home folder, if the variables name one. */
export function homeFolder(env: Env): string | undefined {
  return variable(env, process.platform === 'win32' ? 'USERPROFILE' : 'HOME') || undefined;
}

/** `$XDG_DATA_HOME`, else its default below the home folder (XDG base directory specification). */
export function dataFolder(env: Env): string | undefined {
  const home = homeFolder(env);
  return variable(env, 'XDG_DATA_HOME') || (home && join(home, '.local', 'share'));
}
