import {
  type Creator,
  defineCreator,
  type Interpreter,
  isAtLeast,
  pathsOf,
  type Step,
  type Support,
} from '@vivarium/core/plugin';
import { isHomebrewPrefix } from '@vivarium/environment-layout';
import { planLinks } from './links.ts';

/** Environments of the CPython 3 that comes with Xcode and its command line tools: a framework called `Python3`. */
const cpythonMacosFramework: Creator = defineCreator({
  kind: 'creator',
  name: 'cpython-macos-framework',
  title: 'CPython3macOsFramework',
  supports(interpreter) {
    const { framework } = interpreter;
    return supportsOnMacos(interpreter, framework === 'Python3', "it is not Xcode's framework build");
  },
  plan(request) {
    const { basePrefix } = request.interpreter;
    const paths = pathsOf(request.interpreter);
    // What is in `bin` there only looks for this program and starts it.
    const source = paths.join(basePrefix, 'Resources', 'Python.app', 'Contents', 'MacOS', 'Python');
    const library: Step = { kind: 'symlink', path: '.Python', target: paths.join(basePrefix, 'Python3') };
    const { layout, steps } = planLinks(request, { source, owner: 'Xcode' });
    return { layout, steps: [...steps, library] };
  },
});

/** Environments of Homebrew's CPython 3. */
export const cpythonMacosBrew: Creator = defineCreator({
  kind: 'creator',
  name: 'cpython-macos-brew',
  title: 'CPython3macOsBrew',
  supports(interpreter) {
    return supportsOnMacos(interpreter, isHomebrewPrefix(interpreter.basePrefix), "it is not Homebrew's");
  },
  plan(request) {
    return planLinks(request, { source: request.interpreter.systemExecutable, owner: 'Homebrew' });
  },
});

export default cpythonMacosFramework;

function supportsOnMacos(interpreter: Interpreter, isOurs: boolean, reason: string): Support {
  const { implementation, platform, version } = interpreter;
  if (implementation !== 'CPython') return { reason: `it is ${implementation} and not CPython` };
  if (platform !== 'darwin') return { reason: 'it is not a Python for macOS' };
  if (!isAtLeast(version, 3, 3)) return { reason: 'environments by pyvenv.cfg came with Python 3.3 (PEP 405)' };
  return isOurs || { reason };
}
