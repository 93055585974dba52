import {
  type CreationRequest,
  type Creator,
  defineCreator,
  type Interpreter,
  isAtLeast,
  type Layout,
  type Support,
} from '@vivarium/core/plugin';
import {
  executableNames,
  isHomebrewPrefix,
  planDirectories,
  planDistutilsHook,
  planExecutables,
  planSharedLibrary,
} from '@vivarium/environment-layout';

/**
 * Environments of CPython 3.3 and later on Linux and other POSIX systems (PEP 405). On macOS it serves the builds that
 * are no framework and those of python.org; Xcode's and Homebrew's have a creator of their own.
 */
const cpythonPosix: Creator = defineCreator({
  kind: 'creator',
  name: 'cpython-posix',
  title: 'CPython3Posix',
  supports,
  plan(request: CreationRequest) {
    const { interpreter, executables } = request;
    const layout = layoutOf(interpreter);
    return {
      layout,
      steps: [
        ...planDirectories(request, layout),
        ...planExecutables({
          names: executableNames(interpreter),
          scripts: layout.scripts,
          source: interpreter.systemExecutable,
          executables,
        }),
        ...(executables === 'copy' ? planSharedLibrary(interpreter) : []),
        ...planDistutilsHook(interpreter, layout.purelib),
      ],
    };
  },
});

export default cpythonPosix;

function supports(interpreter: Interpreter): Support {
  const { implementation, os, version, framework, basePrefix } = interpreter;
  if (implementation !== 'CPython') return { reason: `it is ${implementation} and not CPython` };
  if (os !== 'posix') return { reason: 'it is a Python for Windows' };
  if (!isAtLeast(version, 3, 3)) return { reason: 'environments by pyvenv.cfg came with Python 3.3 (PEP 405)' };
  if (framework === 'Python3') return { reason: "it is Xcode's framework build" };
  if (isHomebrewPrefix(basePrefix)) return { reason: "it is Homebrew's framework build" };
  return true;
}

function layoutOf({ scheme }: Interpreter): Layout {
  return { ...scheme, executable: `${scheme.scripts}/python` };
}
