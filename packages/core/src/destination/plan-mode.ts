import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isContent, prefixOf } from '../apply/run-directory.ts';
import { systemCode } from '../error.ts';
import { formatMinorVersion, type Interpreter } from '../interpreter.ts';
import type { PlanMode } from '../plan/plan.ts';
import { readConfiguration } from '../pyvenv-cfg/read.ts';
import { destinationError } from './destination-error.ts';
import { whyProtected } from './protected-directory.ts';

/** What decides what happens to a directory that is at the destination. */
export interface ModeRequest {
  readonly destination: string;
  readonly interpreter: Interpreter;
  readonly clear: boolean;
  readonly force: boolean;
  /** Whether a directory with other things in it may become an environment too. */
  readonly allowExisting: boolean;
}

/**
 * What to do about what is at the destination. Nothing but an environment, or an empty directory, is written into
 * unless the user allows it; an environment of another Python is never mixed with the new one.
 *
 * @throws VivariumError (exit code 2) `DESTINATION_PROTECTED`, `DESTINATION_NOT_ENVIRONMENT`,
 * `DESTINATION_PYTHON_MISMATCH`
 */
export function planMode({ destination, interpreter, clear, force, allowExisting }: ModeRequest): PlanMode {
  const prefix = prefixOf(destination);
  const entries = entriesOf(destination).filter(({ name }) => isContent(name, prefix));
  if (entries.length === 0) return 'create';
  const isEnvironment = entries.some((entry) => entry.name === 'pyvenv.cfg' && !entry.isDirectory());
  if (clear) {
    assertMayClear(destination, isEnvironment || force);
    return 'replace';
  }
  if (!isEnvironment && !allowExisting) {
    throw destinationError(
      'DESTINATION_NOT_ENVIRONMENT',
      `The destination ${destination} is not empty and is not a virtual environment`,
      { hint: 'Choose a new directory inside it, `.venv` for example, or add --allow-existing.' },
    );
  }
  assertSamePython(destination, interpreter);
  return 'refresh';
}

function entriesOf(destination: string): readonly Dirent[] {
  try {
    return readdirSync(destination, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw destinationError('DESTINATION_NOT_WRITABLE', `The destination ${destination} can't be read`, {
      hint: 'Choose another place.',
    });
  }
}

function assertMayClear(destination: string, isAllowed: boolean): void {
  const reason = whyProtected(destination);
  if (reason !== undefined) {
    throw destinationError('DESTINATION_PROTECTED', `${destination} is not cleared, because ${reason}`, {
      hint: 'Choose a new directory inside it; --clear is for environments.',
    });
  }
  if (!isAllowed) {
    throw destinationError(
      'DESTINATION_NOT_ENVIRONMENT',
      `${destination} is not cleared, because it is not a virtual environment (it has no pyvenv.cfg)`,
      { hint: 'If everything in it may be deleted, add --force.' },
    );
  }
}

function assertSamePython(destination: string, interpreter: Interpreter): void {
  const keys = readConfiguration(join(destination, 'pyvenv.cfg'));
  const version = /^\d+\.\d+/.exec(keys.version_info ?? keys.version ?? '')?.[0];
  const wanted = formatMinorVersion(interpreter.version);
  const implementation = keys.implementation ?? interpreter.implementation;
  if ((version ?? wanted) === wanted && implementation === interpreter.implementation) return;
  throw destinationError(
    'DESTINATION_PYTHON_MISMATCH',
    `The environment at ${destination} is of ${implementation} ${version ?? wanted}, not of ${interpreter.implementation} ${wanted}`,
    { hint: 'To make it again, without the packages that are in it, add --clear.' },
  );
}
