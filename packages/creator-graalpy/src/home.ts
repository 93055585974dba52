import { type Creation, type Interpreter, isAtLeast, pathsOf } from '@vivarium/core/plugin';

/**
 * GraalPy up to Python 3.10 takes the `home` of `pyvenv.cfg` for its own root, where others mean the directory of the
 * executable (PEP 405). It reads the whole file, so what stands last counts.
 */
export function homeOf(interpreter: Interpreter): NonNullable<Creation['configuration']> {
  const paths = pathsOf(interpreter);
  const directory = paths.dirname(interpreter.systemExecutable);
  if (isAtLeast(interpreter.version, 3, 11) || paths.basename(directory) !== 'bin') return [];
  return [['home', paths.dirname(directory)]];
}
