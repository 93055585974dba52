import {
  type Creation,
  type CreationRequest,
  type Creator,
  defineCreator,
  type Interpreter,
  isAtLeast,
  type Support,
} from '@vivarium/core/plugin';
import { planDirectories, planDistutilsHook } from '@vivarium/environment-layout';
import { findLaunchers, planLaunchers } from './launchers.ts';
import { canBeCopied, planWholeCopy } from './whole-copy.ts';

/** Environments of CPython 3.3 and later on Windows: python.org's, nuget's, conda's and the embeddable package. */
const cpythonWindows: Creator = defineCreator({
  kind: 'creator',
  name: 'cpython-windows',
  title: 'CPython3Windows',
  supports,
  plan,
});

export default cpythonWindows;

function supports(interpreter: Interpreter): Support {
  const { implementation, os, version, systemExecutable } = interpreter;
  if (implementation !== 'CPython') return { reason: `it is ${implementation} and not CPython` };
  if (os !== 'nt') return { reason: 'it is not a Python for Windows' };
  if (!isAtLeast(version, 3, 3)) return { reason: 'environments by pyvenv.cfg came with Python 3.3 (PEP 405)' };
  if (/\\WindowsApps\\PythonSoftwareFoundation\.Python\.3\./i.test(systemExecutable)) {
    return { reason: 'it comes from the Microsoft Store, which lets no one copy its files' };
  }
  if (findLaunchers(interpreter) === undefined && !canBeCopied(interpreter)) {
    return { reason: 'it brings no launcher for environments, and which libraries it needs is not known' };
  }
  return true;
}

function plan(request: CreationRequest): Creation {
  const { interpreter } = request;
  const { scheme } = interpreter;
  const layout = { ...scheme, executable: `${scheme.scripts}/python.exe` };
  const launchers = findLaunchers(interpreter);
  return {
    layout,
    steps: [
      ...planDirectories(request, layout),
      ...(launchers === undefined ? planWholeCopy(interpreter) : planLaunchers(interpreter, launchers)),
      ...planDistutilsHook(interpreter, layout.purelib),
    ],
    ...(launchers === undefined ? { uncertain: 'this Python brings no launcher for environments' } : {}),
  };
}
