import {
  type Creation,
  type CreationRequest,
  type Creator,
  defineCreator,
  type Interpreter,
  isAtLeast,
  type Layout,
  type Step,
  type Support,
} from '@vivarium/core/plugin';
import { planDistutilsHook, planSharedLibrary } from '@vivarium/environment-layout';
import { assertCopies } from './copies.ts';
import { runVenv } from './run-venv.ts';

/** Environments that an interpreter makes itself, with the `venv` module of its standard library. */
const venv: Creator = defineCreator({ kind: 'creator', name: 'venv', title: 'Venv', supports, plan });

export default venv;

function supports({ hasVenv, version }: Interpreter): Support {
  if (!hasVenv) return { reason: 'it can not import venv' };
  // What it needs to leave pip out, since seeds are another's work.
  if (!isAtLeast(version, 3, 4)) return { reason: 'its venv knows no --without-pip, which came with Python 3.4' };
  return true;
}

function plan(request: CreationRequest): Creation {
  const { interpreter, executables } = request;
  const isWindows = interpreter.os === 'nt';
  const { scheme } = interpreter;
  const layout: Layout = { ...scheme, executable: `${scheme.scripts}/${isWindows ? 'python.exe' : 'python'}` };
  if (executables === 'copy') assertCopies(interpreter);
  return {
    layout,
    steps: [
      ...(isWindows ? [] : withoutExecutables(interpreter)),
      runVenv(request),
      ...withoutScripts(interpreter),
      ...[...new Set([layout.purelib, layout.platlib])].map((path): Step => ({ kind: 'directory', path })),
      ...(executables === 'copy' && !isWindows ? planSharedLibrary(interpreter) : []),
      ...planDistutilsHook(interpreter, layout.purelib),
    ],
  };
}

// Over an environment whose base is gone, `venv` takes a dangling link for what it would make and leaves it.
function withoutExecutables({ scheme, version }: Interpreter): readonly Step[] {
  const names = ['python', `python${version.major}`, `python${version.major}.${version.minor}`];
  return names.map((name) => ({ kind: 'remove', path: `${scheme.scripts}/${name}` }));
}

// They name the directory that they were written in, and those of older releases run what is in a name (CVE-2024-9287).
// Activators bring others.
function withoutScripts({ scheme }: Interpreter): readonly Step[] {
  const names = ['activate', 'activate.csh', 'activate.fish', 'Activate.ps1', 'activate.bat', 'deactivate.bat'];
  return names.map((name) => ({ kind: 'remove', path: `${scheme.scripts}/${name}` }));
}
