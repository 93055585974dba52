import { type Creator, defineCreator, type Interpreter, type Support } from '@vivarium/core/plugin';
import { planPosix } from './posix.ts';
import { planWindows } from './windows.ts';

/** Environments of PyPy 3 on Linux, macOS and other POSIX systems. */
const pypyPosix: Creator = defineCreator({
  kind: 'creator',
  name: 'pypy-posix',
  title: 'PyPy3Posix',
  supports: (interpreter) => supportsOn('posix', interpreter),
  plan: planPosix,
});

/** Environments of PyPy 3 on Windows. */
export const pypyWindows: Creator = defineCreator({
  kind: 'creator',
  name: 'pypy-windows',
  title: 'Pypy3Windows',
  supports: (interpreter) => supportsOn('nt', interpreter),
  plan: planWindows,
});

export default pypyPosix;

function supportsOn(system: Interpreter['os'], { implementation, version, os }: Interpreter): Support {
  if (implementation !== 'PyPy') return { reason: `it is ${implementation} and not PyPy` };
  if (version.major !== 3) return { reason: 'it is PyPy for Python 2, which knows no pyvenv.cfg' };
  if (os !== system) return { reason: os === 'nt' ? 'it is a PyPy for Windows' : 'it is not a PyPy for Windows' };
  return true;
}
