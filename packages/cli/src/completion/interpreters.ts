import { readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const EXECUTABLE = /^(?:python(\d+\.\d+t?)|(pypy\d+\.\d+))(?:\.exe)?$/;
const INSTALLED = /^(?:(?:cpython-)?(\d{1,4}\.\d{1,4})[.\d]*|(pypy\d{1,4}\.\d{1,4}).*)$/;

/**
 * Versions that `-p` can be completed to, with where they are: by names on `PATH` and in the directory of pyenv. Nothing
 * is started, since completion has to answer at once.
 */
export function installedVersions(
  env: Readonly<Record<string, string | undefined>>,
): readonly (readonly [version: string, where: string])[] {
  const found = new Map<string, string>();
  const add = (directory: string, pattern: RegExp): void => {
    for (const name of entriesOf(directory)) {
      const [, python, pypy] = pattern.exec(name) ?? [];
      const version = python ?? pypy;
      if (version !== undefined && !found.has(version)) found.set(version, join(directory, name));
    }
  };
  for (const directory of (env.PATH ?? '').split(delimiter)) if (directory !== '') add(directory, EXECUTABLE);
  const pyenv = env.PYENV_ROOT ?? (env.HOME === undefined ? undefined : join(env.HOME, '.pyenv'));
  if (pyenv !== undefined) add(join(pyenv, 'versions'), INSTALLED);
  return [...found];
}

function entriesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
