import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Interpreter } from '@vivarium/core/plugin';

/** Files and directories by path, and the state each was in; an entry is valid as long as all are in that state. */
export type Dependencies = Readonly<Record<string, string>>;

/** Size, time of change and time of modification of what is at a path, links followed. */
export function stateOf(path: string): string {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    return stats === undefined ? 'absent' : `${stats.size} ${stats.ctimeNs} ${stats.mtimeNs}`;
  } catch {
    return 'absent';
  }
}

/** Whether nothing has changed since. */
export function areUnchanged(dependencies: Dependencies): boolean {
  return Object.entries(dependencies).every(([path, state]) => stateOf(path) === state);
}

/**
 * What would change the answer of an interpreter. The standard library's directory is there for what appears in it or
 * goes from it: the marker of PEP 668, the `venv` module.
 */
export function dependenciesOf({ executable, stdlib, ...interpreter }: Interpreter): Dependencies {
  const { sharedLibrary } = interpreter;
  const buildDetails = join(stdlib, 'build-details.json');
  const paths = [
    executable,
    join(dirname(executable), 'pyvenv.cfg'),
    join(dirname(dirname(executable)), 'pyvenv.cfg'),
    interpreter.systemExecutable,
    interpreter.realExecutable,
    stdlib,
    join(stdlib, 'os.py'),
    ...(stateOf(buildDetails) === 'absent' ? [] : [buildDetails]),
    ...(sharedLibrary === undefined ? [] : [join(sharedLibrary.directory, sharedLibrary.name)]),
  ];
  return Object.fromEntries([...new Set(paths)].map((path) => [path, stateOf(path)]));
}
