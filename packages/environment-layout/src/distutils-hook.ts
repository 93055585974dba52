import { type FileStep, type Interpreter, isAtLeast } from '@vivarium/core/plugin';
import hook from './hook/_vivarium_distutils.py';

const MODULE = '_vivarium_distutils';

/**
 * The files that keep a base's distutils configuration (`[install]` in `distutils.cfg` or `~/.pydistutils.cfg`) from
 * sending packages out of an environment. Python 3.10 and later need none: pip no longer asks distutils there.
 *
 * @param purelib - the environment's directory for packages, relative to its root
 */
export function planDistutilsHook(interpreter: Pick<Interpreter, 'version'>, purelib: string): readonly FileStep[] {
  if (isAtLeast(interpreter.version, 3, 10)) return [];
  return [
    { kind: 'file', path: `${purelib}/${MODULE}.py`, contents: hook },
    // After the module: an interpreter that starts between the two would complain about its absence.
    { kind: 'file', path: `${purelib}/${MODULE}.pth`, contents: `import ${MODULE}\n` },
  ];
}
