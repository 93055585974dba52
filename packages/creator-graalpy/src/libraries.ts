import { type Interpreter, pathsOf } from '@vivarium/core/plugin';
import { namesIn } from '@vivarium/environment-layout';

/** What GraalPy's executable expects around it. */
export interface GraalpyFiles {
  /** The directory that holds the executable's directory and `lib`, absolute. */
  readonly root: string;
  /** File names in `lib`. */
  readonly libraries: readonly string[];
  /** Names of directories in the root that hold a Java virtual machine and the modules it runs. */
  readonly javaDirectories: readonly string[];
}

const LIBRARIES: ReadonlySet<string> = new Set(['libpythonvm.so', 'libpythonvm.dylib', 'pythonvm.dll']);
const JAVA_DIRECTORIES: ReadonlySet<string> = new Set(['jvm', 'jvmlibs', 'modules']);

/** What is around the executable, as far as the interpreter's description tells; `undefined` when it does not. */
export function filesOf(interpreter: Interpreter): GraalpyFiles | undefined {
  const paths = pathsOf(interpreter);
  const root = paths.dirname(paths.dirname(interpreter.realExecutable));
  const [inRoot, inLib] = [namesIn(interpreter, root), namesIn(interpreter, paths.join(root, 'lib'))];
  if (inRoot === undefined || inLib === undefined) return undefined;
  return {
    root,
    libraries: inLib.filter((name) => LIBRARIES.has(name)),
    javaDirectories: inRoot.filter((name) => JAVA_DIRECTORIES.has(name)),
  };
}
