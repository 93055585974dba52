import {
  type CopyStep,
  type Creation,
  type CreationRequest,
  type Layout,
  pathsOf,
  VivariumError,
} from '@vivarium/core/plugin';
import { namesIn, planDirectories, planDistutilsHook, planWindowsExecutables } from '@vivarium/environment-layout';
import { pypyNames } from './names.ts';

/**
 * Plans an environment of PyPy on Windows. PyPy proper is a library next to the executable, as are those that it loads.
 *
 * @throws VivariumError `LIBRARIES_NOT_FOUND` when the interpreter's description does not tell what is next to it
 */
export function planWindows(request: CreationRequest): Creation {
  const { interpreter } = request;
  const { scripts, purelib } = interpreter.scheme;
  const layout: Layout = { ...interpreter.scheme, executable: `${scripts}/python.exe` };
  const paths = pathsOf(interpreter);
  const directory = paths.dirname(interpreter.realExecutable);
  const neighbors = namesIn(interpreter, directory);
  if (neighbors === undefined) {
    throw new VivariumError(
      'LIBRARIES_NOT_FOUND',
      `Cannot determine the libraries next to ${interpreter.realExecutable}`,
      {
        hint: "Use PyPy's own venv: --creator venv.",
      },
    );
  }
  const windowed = neighbors.find((name) => /^pypy3?w\.exe$|^pythonw\.exe$/i.test(name));
  return {
    layout,
    steps: [
      ...planDirectories(request, layout),
      ...planWindowsExecutables({ names: pypyNames(interpreter), scripts, source: interpreter.systemExecutable }),
      ...(windowed === undefined
        ? []
        : planWindowsExecutables({ names: ['pythonw', 'pypyw'], scripts, source: paths.join(directory, windowed) })),
      ...neighbors
        .filter((name) => /\.dll$/i.test(name))
        .map((name): CopyStep => ({ kind: 'copy', path: `${scripts}/${name}`, source: paths.join(directory, name) })),
      ...planDistutilsHook(interpreter, purelib),
    ],
  };
}
