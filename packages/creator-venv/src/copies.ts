import { type Interpreter, VivariumError } from '@vivarium/core/plugin';

/**
 * Refuses copies where `venv` would make a broken environment or an enormous one.
 *
 * @throws VivariumError `COPIES_NOT_SUPPORTED` (exit code 2)
 */
export function assertCopies({ implementation, platform, framework, basePrefix }: Interpreter): void {
  if (platform === 'darwin' && framework !== undefined) {
    throw refuse(`The framework build of Python at ${basePrefix} does not work as a copy`);
  }
  if (implementation === 'PyPy' && basePrefix === '/usr') {
    throw refuse("PyPy's venv would copy all of /usr/lib into the environment");
  }
}

function refuse(message: string): VivariumError {
  return new VivariumError('COPIES_NOT_SUPPORTED', message, { hint: 'Leave --copies out.' });
}
