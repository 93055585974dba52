import type { Interpreter } from '@vivarium/core/plugin';

/**
 * The names of what is in a directory of the base, as it was when the interpreter was described; a creator looks at no
 * file itself. Descriptions have these for directories that files may have to be taken from.
 *
 * @param directory - absolute, in the notation of the interpreter's platform
 * @returns `undefined` where the description has no listing of the directory
 */
export function namesIn(interpreter: Interpreter, directory: string): readonly string[] | undefined {
  const wanted = normalize(interpreter, directory);
  return Object.entries(interpreter.listings ?? {}).find(([path]) => normalize(interpreter, path) === wanted)?.[1];
}

function normalize({ os }: Interpreter, path: string): string {
  return os === 'nt' ? path.toLowerCase() : path;
}
