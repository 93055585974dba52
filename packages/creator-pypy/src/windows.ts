import {
  type CopyStep,
  type Creation,
  type CreationRequest,
  type Layout,
  pathsOf,
  VivariumError,
} from '@vivarium/core';
import { namesIn, planDistutilsHook, planFolders, planWindowsExecutables } from '@vivarium/creator-parts';
import { pypyNames } from './names.ts';

/**
 * Plans an environment of PyPy on Windows. PyPy proper is a library beside the executable, as are those that it loads.
 *
 * @throws VivariumError `LIBRARIES_NOT_FOUND` when the interpreter's description does not tell what lies beside it
 */
export function planWindows(request: CreationRequest): Creation {
  const { interpreter } = request;
  const { scripts, purelib } = interpreter.scheme;
  const layout: Layout = { ...interpreter.scheme, executable: `${scripts}/python.exe` };
  const paths = pathsOf(interpreter);
  const folder = paths.dirname(interpreter.realExecutable);
  const beside = namesIn(interpreter, folder);
  if (beside === undefined) {
    throw new VivariumError(
      'LIBRARIES_NOT_FOUND',
      `It is not known which libraries lie beside ${interpreter.realExecutable}`,
      {
        hint: "Use PyPy's own venv: --creator venv.",
      },
    );
  }
  const windowed = beside.find((name) => /^pypy3?w\.exe$|^pythonw\.exe$/i.test(name));
  return {
    layout,
    steps: [
      ...planFolders(request, layout),
      ...planWindowsExecutables({ names: pypyNames(interpreter), scripts, source: interpreter.systemExecutable }),
      ...(windowed === undefined
        ? []
        : planWindowsExecutables({ names: ['pythonw', 'pypyw'], scripts, source: paths.join(folder, windowed) })),
      ...beside
        .filter((name) => /\.dll$/i.test(name))
        .map((name): CopyStep => ({ kind: 'copy', path: `${scripts}/${name}`, source: paths.join(folder, name) })),
      ...planDistutilsHook(interpreter, purelib),
    ],
  };
}
