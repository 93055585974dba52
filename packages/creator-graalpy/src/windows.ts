import {
  type Creation,
  type CreationRequest,
  type Interpreter,
  type Layout,
  pathsOf,
  type Step,
  VivariumError,
} from '@vivarium/core/plugin';
import {
  executableNames,
  namesIn,
  planDirectories,
  planDistutilsHook,
  planWindowsExecutables,
} from '@vivarium/environment-layout';
import { homeOf } from './home.ts';
import { filesOf } from './libraries.ts';

/**
 * Plans an environment of GraalPy on Windows: with the launcher that newer releases bring for environments, which
 * starts what `venvlauncher_command` names; else with copies of the executable and its library.
 *
 * @throws VivariumError `LIBRARIES_NOT_FOUND` when the interpreter's description tells neither what its `venv` brings
 * nor
 *   what is around the executable; `COPIES_NOT_SUPPORTED` when a Java virtual machine would have to go along
 */
export function planWindows(request: CreationRequest): Creation {
  const { interpreter } = request;
  const layout: Layout = { ...interpreter.scheme, executable: `${interpreter.scheme.scripts}/python.exe` };
  return {
    layout,
    steps: [
      ...planDirectories(request, layout),
      ...(planLaunchers(interpreter) ?? planCopies(interpreter)),
      ...planDistutilsHook(interpreter, layout.purelib),
    ],
    configuration: [...homeOf(interpreter), ['venvlauncher_command', interpreter.systemExecutable]],
    uncertain: 'GraalPy looks for its libraries around its executable',
  };
}

function planLaunchers(interpreter: Interpreter): readonly Step[] | undefined {
  const paths = pathsOf(interpreter);
  const directory = paths.join(interpreter.stdlib, 'venv', 'scripts', 'nt');
  const names = namesIn(interpreter, directory);
  if (names === undefined || !names.includes('venvlauncher.exe')) return undefined;
  const launchers = (source: string, names: readonly string[]): readonly Step[] =>
    planWindowsExecutables({ names, scripts: interpreter.scheme.scripts, source: paths.join(directory, source) });
  return [
    ...launchers('venvlauncher.exe', executableNames(interpreter, ['graalpy'])),
    ...(names.includes('venvwlauncher.exe') ? launchers('venvwlauncher.exe', ['pythonw']) : []),
  ];
}

function planCopies(interpreter: Interpreter): readonly Step[] {
  const files = filesOf(interpreter);
  if (files === undefined) {
    throw new VivariumError('LIBRARIES_NOT_FOUND', `Cannot determine the files next to ${interpreter.realExecutable}`, {
      hint: "Use GraalPy's own venv: --creator venv.",
    });
  }
  const { root, libraries, javaDirectories } = files;
  if (javaDirectories.length > 0) {
    throw new VivariumError(
      'COPIES_NOT_SUPPORTED',
      `GraalPy at ${root} can't be copied, since it runs on a Java virtual machine`,
      {
        hint: "Use GraalPy's own venv (--creator venv), or a GraalPy that is compiled to native code.",
      },
    );
  }
  const { scripts } = interpreter.scheme;
  const source = interpreter.systemExecutable;
  return [
    ...planWindowsExecutables({ names: executableNames(interpreter, ['graalpy']), scripts, source }),
    ...libraries.map(
      (name): Step => ({
        kind: 'copy',
        path: `lib/${name}`,
        source: pathsOf(interpreter).join(root, 'lib', name),
      }),
    ),
  ];
}
