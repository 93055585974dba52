import { formatMinorVersion, type Interpreter } from '@vivarium/core/plugin';
import { executableNames } from '@vivarium/environment-layout';

/** `python` and its aliases, and those that PyPy brings. */
export function pypyNames(interpreter: Interpreter): readonly [string, ...string[]] {
  return executableNames(interpreter, ['pypy', 'pypy3', `pypy${formatMinorVersion(interpreter.version)}`]);
}
