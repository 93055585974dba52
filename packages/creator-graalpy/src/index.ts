import { type Creator, defineCreator, type Interpreter, type Support } from '@vivarium/core/plugin';
import { planPosix } from './posix.ts';
import { planWindows } from './windows.ts';

/** Environments of GraalPy on Linux and macOS. */
const graalpyPosix: Creator = defineCreator({
  kind: 'creator',
  name: 'graalpy-posix',
  title: 'GraalPyPosix',
  supports: (interpreter) => supportsOn('posix', interpreter),
  plan: planPosix,
});

/** Environments of GraalPy on Windows. */
export const graalpyWindows: Creator = defineCreator({
  kind: 'creator',
  name: 'graalpy-windows',
  title: 'GraalPyWindows',
  supports: (interpreter) => supportsOn('nt', interpreter),
  plan: planWindows,
});

export default graalpyPosix;

function supportsOn(system: Interpreter['os'], { implementation, os }: Interpreter): Support {
  if (implementation !== 'GraalPy') return { reason: `it is ${implementation} and not GraalPy` };
  if (os !== system) return { reason: os === 'nt' ? 'it is a GraalPy for Windows' : 'it is not a GraalPy for Windows' };
  return true;
}
