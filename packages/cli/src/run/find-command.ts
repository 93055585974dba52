import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { systemCode, VivariumError } from '@vivarium/core/host';

/** What a command is looked for with. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * The file that a command's name stands for, as `execvp` finds it (POSIX.1-2024, exec): a name with a slash is a path, any
 * other is looked for in the directories of `PATH`. POSIX systems only.
 *
 * @throws VivariumError `COMMAND_NOT_FOUND` (exit code 127), `COMMAND_NOT_EXECUTABLE` (126)
 */
export function findCommand(name: string, { env, cwd }: CommandContext): string {
  const places = name.includes('/') ? [resolve(cwd, name)] : onPath(name, env.PATH, cwd);
  let refused: string | undefined;
  for (const path of places) {
    const state = stateOf(path);
    if (state === 'executable') return path;
    if (state === 'refused') refused ??= path;
  }
  if (refused !== undefined) {
    throw new VivariumError('COMMAND_NOT_EXECUTABLE', `${refused} may not be executed`, {
      hint: 'Check its permissions.',
    });
  }
  throw new VivariumError('COMMAND_NOT_FOUND', `There is no command \`${name}\``, {
    hint: name.includes('/') ? 'Check the path.' : 'Check its name, or install what brings it into the environment.',
  });
}

// An empty entry means the cwd.
function onPath(name: string, path: string | undefined, cwd: string): readonly string[] {
  return name === '' ? [] : (path ?? '').split(delimiter).map((entry) => join(resolve(cwd, entry), name));
}

function stateOf(path: string): 'executable' | 'refused' | undefined {
  try {
    if (!statSync(path).isFile()) return undefined;
    accessSync(path, constants.X_OK);
    return 'executable';
  } catch (error) {
    return systemCode(error) === 'EACCES' || systemCode(error) === 'EPERM' ? 'refused' : undefined;
  }
}
