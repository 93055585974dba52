import {
  type Creation,
  type CreationRequest,
  type Creator,
  defineCreator,
  type Interpreter,
  type Support,
} from '@vivarium/core/plugin';
import {
  executableNames,
  planDirectories,
  planDistutilsHook,
  planExecutables,
  planWindowsExecutables,
} from '@vivarium/environment-layout';

/** Environments of RustPython on Linux, macOS and other POSIX systems. */
const rustpythonPosix: Creator = defineCreator({
  kind: 'creator',
  name: 'rustpython-posix',
  title: 'RustPythonPosix',
  supports: (interpreter) => supportsOn('posix', interpreter),
  plan,
});

/** Environments of RustPython on Windows. */
export const rustpythonWindows: Creator = defineCreator({
  kind: 'creator',
  name: 'rustpython-windows',
  title: 'RustPythonWindows',
  supports: (interpreter) => supportsOn('nt', interpreter),
  plan,
});

export default rustpythonPosix;

function supportsOn(system: Interpreter['os'], { implementation, os }: Interpreter): Support {
  if (implementation !== 'RustPython') return { reason: `it is ${implementation} and not RustPython` };
  if (os === system) return true;
  return { reason: os === 'nt' ? 'it is a RustPython for Windows' : 'it is not a RustPython for Windows' };
}

/** RustPython is one file: nothing goes along with it. */
function plan(request: CreationRequest): Creation {
  const { interpreter, executables } = request;
  const { scripts, purelib } = interpreter.scheme;
  const names = executableNames(interpreter, ['rustpython']);
  const source = interpreter.systemExecutable;
  const isWindows = interpreter.os === 'nt';
  const layout = { ...interpreter.scheme, executable: `${scripts}/${isWindows ? 'python.exe' : 'python'}` };
  return {
    layout,
    steps: [
      ...planDirectories(request, layout),
      ...(isWindows
        ? planWindowsExecutables({ names, scripts, source })
        : planExecutables({ names, scripts, source, executables })),
      ...planDistutilsHook(interpreter, purelib),
    ],
  };
}
