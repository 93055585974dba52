import { join } from 'node:path';
import { type Env, variable } from './path-entries.ts';

/** The user's home directory, if the variables name one. */
export function homeDirectory(env: Env): string | undefined {
  return variable(env, process.platform === 'win32' ? 'USERPROFILE' : 'HOME') || undefined;
}

/** `$XDG_DATA_HOME`, else its default below the home directory (XDG base directory specification). */
export function dataDirectory(env: Env): string | undefined {
  const home = homeDirectory(env);
  return variable(env, 'XDG_DATA_HOME') || (home && join(home, '.local', 'share'));
}
