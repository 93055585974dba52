import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import type { Interpreter } from '../interpreter.ts';
import { namesIn } from '../names-in.ts';
import { readConfiguration } from '../pyvenv-cfg/read.ts';

/**
 * Why a directory is taken for one that a Python itself is installed in, or that holds one, so that nothing may be
 * written over it, whatever flags are given. The answer completes "… because".
 *
 * @param interpreter the Python that an environment is to be created for, if one is
 */
export function whyPythonPrefix(directory: string, interpreter?: Interpreter): string | undefined {
  // https://docs.conda.io/projects/conda: each prefix keeps its history there.
  if (existsSync(join(directory, 'conda-meta'))) return 'it is a conda environment (it has conda-meta)';
  const own = (interpreter === undefined ? [] : pathsOf(interpreter)).find(
    (path) => path === directory || path.startsWith(directory + sep),
  );
  if (own !== undefined) return `the Python for the environment is in it (${own})`;
  const library = standardLibraryIn(directory);
  if (library === undefined || isEnvironmentOfOther(directory)) return undefined;
  return `a Python is installed in it (it has ${library})`;
}

/** The path, below a directory, of a module of the standard library: every installed Python has `os.py`, and no `venv`. */
export function standardLibraryIn(directory: string): string | undefined {
  const candidates = ['lib', 'lib64'].flatMap((lib) => namesIn(join(directory, lib)).map((name) => `${lib}/${name}`));
  const python = candidates.filter((path) => /\/(?:python|pypy|graalpy)\d[\d.]*t?$/.test(path));
  // Windows, PyPy up to 3.7, and PyPy for Python 2.
  const others = ['Lib', 'lib-python/3', 'lib-python/2.7'];
  return [...python, ...others].map((path) => `${path}/os.py`).find((path) => isLibrary(join(directory, path)));
}

// virtualenv before 20 copied the standard library, and wrote next to it where it came from.
function isLibrary(path: string): boolean {
  return existsSync(path) && !existsSync(join(dirname(path), 'orig-prefix.txt'));
}

/** An environment with a library of its own (of Python 2, say) has its base elsewhere. */
function isEnvironmentOfOther(directory: string): boolean {
  if (!existsSync(join(directory, 'pyvenv.cfg'))) return false;
  const { home } = readConfiguration(join(directory, 'pyvenv.cfg'));
  if (home === undefined) return false;
  const base = resolved(home);
  return base !== directory && !base.startsWith(directory + sep);
}

function pathsOf(interpreter: Interpreter | undefined): readonly string[] {
  if (interpreter === undefined) return [];
  const { realExecutable, basePrefix, baseExecPrefix, stdlib } = interpreter;
  return [...new Set([basePrefix, baseExecPrefix, stdlib, realExecutable].flatMap((path) => [path, resolved(path)]))];
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
