import { join } from 'node:path';
import { type Context, formatVersion, type Interpreter, VivariumError } from '@vivarium/core/host';
import { type Captured, capture } from '@vivarium/core/internal';
import { findPip, pipEnvironment } from '@vivarium/wheel-resolver';

/** A pip that a Python runs out of a wheel, without installing it. */
export interface Pip {
  /** The wheel, absolute. */
  readonly wheel: string;
  /** Runs a command of pip and waits for its end; what it prints is not checked. */
  run(command: string, args: readonly string[]): Promise<Captured>;
}

/**
 * The pip of the seed packages for a Python. Packages of the user and of the environment have no influence on it; indexes,
 * proxies, certificates and credentials are those that pip is configured with.
 *
 * @throws VivariumError `RESOLVER_NOT_FOUND`
 */
export async function openPip(interpreter: Interpreter, context: Context): Promise<Pip> {
  const found = await findPip({ interpreter, extraDirectories: [], context });
  if (found === undefined) {
    const python = formatVersion(interpreter.version);
    throw new VivariumError('RESOLVER_NOT_FOUND', `No wheel of pip for Python ${python} was found`, {
      hint: 'Install vivarium again: pip comes with it.',
    });
  }
  const wheel = found.path;
  return {
    wheel,
    run(command, args) {
      context.debug(`running pip ${command} with ${interpreter.systemExecutable} and ${wheel}`);
      return capture({
        executable: interpreter.systemExecutable,
        args: [join(wheel, 'pip'), command, ...QUIET, ...args],
        env: { ...pipEnvironment(context.env), PYTHONNOUSERSITE: '1' },
        cwd: context.cwd,
        signal: context.signal,
      });
    },
  };
}

const QUIET = ['--no-input', '--disable-pip-version-check', '--progress-bar', 'off', '--no-color'];
