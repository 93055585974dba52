import { type CopyStep, type Creation, type CreationRequest, type Layout, pathsOf } from '@vivarium/core/plugin';
import { namesIn, planDirectories, planDistutilsHook, planExecutables } from '@vivarium/environment-layout';
import { pypyNames } from './names.ts';

/** Plans an environment of PyPy on a POSIX system. */
export function planPosix(request: CreationRequest): Creation {
  const { interpreter, executables } = request;
  const { scheme } = interpreter;
  const layout: Layout = { ...scheme, executable: `${scheme.scripts}/python` };
  const source = interpreter.systemExecutable;
  const names = pypyNames(interpreter);
  return {
    layout,
    steps: [
      ...planDirectories(request, layout),
      ...planExecutables({ names, scripts: scheme.scripts, source, executables }),
      ...(executables === 'copy' ? planLibraries(request) : []),
      ...planDistutilsHook(interpreter, layout.purelib),
    ],
    ...(executables === 'copy' ? { uncertain: 'PyPy loads libraries from next to its executable' } : {}),
  };
}

/**
 * What a copied executable loads. PyPy proper is a library next to the executable; in the builds of pypy.org that are
 * made to run everywhere it loads others from `../lib`. A PyPy of a distribution takes them from the system's
 * directories, where they stay.
 */
function planLibraries({ interpreter }: CreationRequest): readonly CopyStep[] {
  const paths = pathsOf(interpreter);
  const library = interpreter.sharedLibrary;
  const directory = paths.dirname(interpreter.realExecutable);
  if (library === undefined || library.directory !== directory) return [];
  const copy =
    (from: string, to: string) =>
    (name: string): CopyStep => {
      return { kind: 'copy', path: `${to}/${name}`, source: paths.join(from, name) };
    };
  const lib = paths.join(interpreter.basePrefix, 'lib');
  return [
    copy(directory, interpreter.scheme.scripts)(library.name),
    ...(namesIn(interpreter, lib) ?? []).filter(isLibrary).map(copy(lib, 'lib')),
  ];
}

function isLibrary(name: string): boolean {
  return /\.so(?:\.\d+)*$|\.dylib$/.test(name);
}
