import { type Dirent, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isContent, prefixOf } from '../apply/run-directory.ts';
import { systemCode } from '../error.ts';
import type { Warn } from '../event.ts';
import { formatMinorVersion, type Interpreter } from '../interpreter.ts';
import type { PlanMode } from '../plan/plan.ts';
import { readConfiguration } from '../pyvenv-cfg/read.ts';
import { atOnce, type Slices } from '../slices.ts';
import { inspectContent } from './content.ts';
import { destinationError } from './destination-error.ts';
import { whyProtected } from './protected-directory.ts';
import { whyPythonPrefix } from './python-prefix.ts';

/** What decides what happens to a directory that is at the destination. */
export interface ModeRequest {
  readonly destination: string;
  readonly interpreter: Interpreter;
  readonly clear: boolean;
  readonly force: boolean;
  /** Whether a directory with other things in it may become an environment too. */
  readonly allowExisting: boolean;
  /** Told in one sentence what is going to be lost because the user forced it. */
  readonly warn?: Warn;
}

/**
 * What to do about what is at the destination. Nothing but an environment, or an empty directory, is written into
 * unless the user allows it; an environment of another Python is never mixed with the new one.
 *
 * @throws VivariumError (exit code 2) `DESTINATION_PROTECTED`, `DESTINATION_CONTENT_PROTECTED`,
 * `DESTINATION_NOT_ENVIRONMENT`, `DESTINATION_PYTHON_MISMATCH`
 */
export function* planMode(request: ModeRequest): Slices<PlanMode> {
  const { destination, interpreter, clear, allowExisting } = request;
  const prefix = prefixOf(destination);
  const entries = entriesOf(destination).filter(({ name }) => isContent(name, prefix));
  if (entries.length === 0) return 'create';
  const isEnvironment = entries.some((entry) => entry.name === 'pyvenv.cfg' && !entry.isDirectory());
  if (clear) {
    yield* assertMayClear(request, isEnvironment);
    return 'replace';
  }
  if (!isEnvironment && !allowExisting) {
    throw destinationError(
      'DESTINATION_NOT_ENVIRONMENT',
      `The destination ${destination} is not empty and is not a virtual environment`,
      { hint: 'Choose a new directory inside it, `.venv` for example, or add --allow-existing.' },
    );
  }
  const reason = whyPythonPrefix(destination, interpreter);
  if (reason !== undefined) {
    throw destinationError('DESTINATION_PROTECTED', `Nothing is written into ${destination}, because ${reason}`, {
      hint: 'Choose a new directory, `.venv` for example.',
    });
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

/**
 * Whether an environment may be removed: what {@link planMode} asks before it lets a new one replace it.
 *
 * @param request `destination` with all links followed
 * @throws VivariumError (exit code 2) `DESTINATION_PROTECTED`, `DESTINATION_CONTENT_PROTECTED`,
 * `DESTINATION_NOT_ENVIRONMENT`
 */
export function assertMayRemove(request: RemovalRequest): void {
  atOnce(assertingMayRemove(request));
}

/** The same in slices. */
function* assertingMayRemove(request: RemovalRequest): Slices {
  const entries = entriesOf(request.destination);
  const isEnvironment = entries.some((entry) => entry.name === 'pyvenv.cfg' && !entry.isDirectory());
  yield* assertMayClear(request, isEnvironment);
}

/** What decides whether a directory may be removed with everything in it. */
export type RemovalRequest = Pick<ModeRequest, 'destination' | 'force' | 'warn'> &
  Partial<Pick<ModeRequest, 'interpreter'>>;

function* assertMayClear(request: RemovalRequest, isEnvironment: boolean): Slices {
  const { destination, interpreter, force } = request;
  const reason = whyProtected(destination) ?? whyPythonPrefix(destination, interpreter);
  if (reason !== undefined) throw notCleared(destination, reason);
  if (!isEnvironment && !force) {
    throw destinationError(
      'DESTINATION_NOT_ENVIRONMENT',
      `${destination} is not cleared, because it is not a virtual environment (it has no pyvenv.cfg)`,
      { hint: 'If everything in it may be deleted, add --force.' },
    );
  }
  yield* assertContentMayGo(request, isEnvironment);
}

function* assertContentMayGo({ destination, force, warn }: RemovalRequest, isEnvironment: boolean): Slices {
  const { repositories, mountPoints, pythons } = yield* inspectContent(destination);
  if (mountPoints.length > 0) {
    throw notCleared(destination, `a file system is mounted in it (${listed(mountPoints)})`, 'Unmount it first.');
  }
  // A wheel may bring a Python with it; outside of environments it is one that something else uses.
  if (pythons.length > 0 && !isEnvironment) {
    throw notCleared(destination, `a Python is installed in it (${listed(pythons)})`);
  }
  if (repositories.length === 0) return;
  if (!force) {
    throw destinationError(
      'DESTINATION_CONTENT_PROTECTED',
      `${destination} is not cleared, because a repository is in it (${listed(repositories)})`,
      { hint: 'Move it elsewhere; or if it may be deleted, add --force.' },
    );
  }
  warn?.(`with ${destination}, a repository is deleted (${listed(repositories)})`, 'CONTENT_DELETED');
}

function notCleared(
  destination: string,
  reason: string,
  hint = 'Choose a new directory; --clear is for environments.',
) {
  return destinationError('DESTINATION_PROTECTED', `${destination} is not cleared, because ${reason}`, { hint });
}

const MAX_LISTED = 5;

function listed(paths: readonly string[]): string {
  const more = paths.length > MAX_LISTED ? [`and ${paths.length - MAX_LISTED} more`] : [];
  return [...paths.slice(0, MAX_LISTED), ...more].join(', ');
}

/** What `-p` takes for the Python of an environment. */
function specOf(implementation: string, version: string): string {
  return `${implementation === 'CPython' ? '' : implementation.toLowerCase()}${version}`;
}

function assertSamePython(destination: string, interpreter: Interpreter): void {
  const keys = readConfiguration(join(destination, 'pyvenv.cfg'));
  const version = /^\d+\.\d+/.exec(keys.version_info ?? keys.version ?? '')?.[0];
  const wanted = formatMinorVersion(interpreter.version);
  const implementation = keys.implementation ?? interpreter.implementation;
  if ((version ?? wanted) === wanted && implementation === interpreter.implementation) return;
  throw destinationError(
    'DESTINATION_PYTHON_MISMATCH',
    `The environment at ${destination} uses ${implementation} ${version ?? wanted}, not ${interpreter.implementation} ${wanted}`,
    {
      hint: `To keep its Python, add -p ${specOf(implementation, version ?? wanted)}. To create it again, without the packages that are in it, add --clear.`,
    },
  );
}
