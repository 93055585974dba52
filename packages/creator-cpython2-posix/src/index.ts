import {
  type CopyStep,
  type CreationRequest,
  type Creator,
  defineCreator,
  type Interpreter,
  type Layout,
  type Step,
  type Support,
} from '@vivarium/core/plugin';
import {
  executableNames,
  planDirectories,
  planDistutilsHook,
  planExecutables,
  planSharedLibrary,
} from '@vivarium/environment-layout';
import { planLibrary } from './library.ts';

/**
 * Environments of CPython 2.7 on Linux and other POSIX systems. This Python knows no `pyvenv.cfg`: an executable of the
 * environment's own and a `site` module of its own take its place.
 */
const cpython2Posix: Creator = defineCreator({
  kind: 'creator',
  name: 'cpython2-posix',
  title: 'CPython2Posix',
  supports,
  plan(request: CreationRequest) {
    const { interpreter } = request;
    const layout: Layout = { ...interpreter.scheme, executable: `${interpreter.scheme.scripts}/python` };
    return {
      layout,
      steps: [
        ...planDirectories(request, layout),
        ...planOwnExecutable(request, layout),
        ...planSharedLibrary(interpreter),
        ...planLibrary(request, layout),
        ...planDistutilsHook(interpreter, layout.purelib),
      ],
    };
  },
});

export default cpython2Posix;

function supports({ implementation, os, version, framework }: Interpreter): Support {
  if (implementation !== 'CPython') return { reason: `it is ${implementation} and not CPython` };
  if (os !== 'posix') return { reason: 'it is a Python for Windows' };
  if (version.major !== 2 || version.minor !== 7) return { reason: 'it is not Python 2.7' };
  if (framework !== undefined) return { reason: 'it is a framework build of macOS' };
  return true;
}

// Python 2.7 looks for its prefix from where a linked executable really is, so the first one is always a copy.
function planOwnExecutable({ interpreter, executables }: CreationRequest, layout: Layout): readonly Step[] {
  const source = interpreter.systemExecutable;
  const own: CopyStep = { kind: 'copy', path: layout.executable, source, mode: 0o755 };
  const names = executableNames(interpreter);
  const [, ...aliases] = planExecutables({ names, scripts: layout.scripts, source, executables });
  return [own, ...aliases];
}
