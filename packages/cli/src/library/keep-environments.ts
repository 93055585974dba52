import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isVivariumError, VivariumError } from '@vivarium/core/host';
import type { Listed, ListedEnvironment, Relocated, TrashEntry, Undone } from '@vivarium/environments';
import { currentDirectory } from '../start/cwd.ts';

/** What the functions for existing environments take from the process unless they are given it. */
interface CallContext {
  /** @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** @default process.cwd() */
  readonly cwd?: string | URL | undefined;
}

/** An environment, and where it is to be. Relative paths are resolved against `cwd`. */
export interface RelocateOptions extends CallContext {
  readonly source: string | URL;
  /** Where nothing is, or an empty directory. */
  readonly destination: string | URL;
  /** Only plans. @default false */
  readonly dryRun?: boolean | undefined;
  /** Aborting it removes what was created; the old environment stays. */
  readonly signal?: AbortSignal | undefined;
}

/** Where environments are looked for. Relative paths are resolved against `cwd`. */
export interface ListOptions extends CallContext {
  /** Directories to look below; without any the places where programs keep environments. */
  readonly directories?: readonly string[] | undefined;
  /** Whether these places are looked at as well. @default where no directory is given */
  readonly known?: boolean | undefined;
  /** Whether the size of each is measured. @default false */
  readonly size?: boolean | undefined;
  /** @default 200,000 */
  readonly maxDirectories?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Moves an environment: the new one is built, started once, and appears whole; then the old one is removed.
 *
 * @throws VivariumError with a permanent `code`; the old environment is as it was then
 */
export async function moveEnvironment(options: RelocateOptions): Promise<Relocated> {
  return (await import('@vivarium/environments')).moveEnvironment(await relocateRequest(options));
}

/**
 * Creates another environment with everything that is in one, which stays as it is.
 *
 * @throws VivariumError with a permanent `code`; nothing was created then
 */
export async function cloneEnvironment(options: RelocateOptions): Promise<Relocated> {
  return (await import('@vivarium/environments')).cloneEnvironment(await relocateRequest(options));
}

async function relocateRequest({ source, destination, dryRun = false, signal, ...where }: RelocateOptions) {
  const { env, cwd } = surroundings(where);
  const { scriptQuotes } = await import('../environments/script-quotes.ts');
  return {
    source: pathOf(source),
    destination: pathOf(destination),
    env,
    cwd,
    dryRun,
    quotes: scriptQuotes(),
    ...(signal === undefined ? {} : { signal }),
  };
}

/** Finds environments of all programs, one at a time. Nothing is started and nothing is written. */
export async function* listEnvironments(options: ListOptions = {}): AsyncGenerator<Listed, void> {
  const { directories = [], known, size = false, maxDirectories, signal } = options;
  const search = (await import('@vivarium/environments')).listEnvironments({
    directories,
    size,
    ...surroundings(options),
    ...(known === undefined ? {} : { known }),
    ...(maxDirectories === undefined ? {} : { maxDirectories }),
    ...(signal === undefined ? {} : { signal }),
  });
  yield* search;
}

/** Options of {@link removeEnvironment}. */
export interface RemoveOptions extends CallContext {
  /** Whether a version control repository in it goes with it. @default false */
  readonly force?: boolean | undefined;
}

/**
 * Removes an environment, so that it can be restored for a day. What is not an environment, a home directory, a repository or
 * an installed Python is refused.
 *
 * @returns what {@link restoreEnvironment} takes; `undefined` where it was deleted, since it is on another file system
 * @throws VivariumError with a permanent `code`
 */
export async function removeEnvironment(
  path: string | URL,
  options: RemoveOptions = {},
): Promise<TrashEntry | undefined> {
  const { env, cwd } = surroundings(options);
  const { inspect, openTrash, removeEnvironment: remove } = await import('@vivarium/environments');
  const { directory } = inspect(resolve(cwd, pathOf(path)), { packages: false });
  return remove({ directory, trash: openTrash(env), force: options.force ?? false });
}

/** Which environments {@link pruneEnvironments} removes: of those that {@link listEnvironments} finds. */
export interface PruneOptions extends ListOptions {
  /** Also those that work and were not used for so many days. @default those that work stay */
  readonly unusedFor?: number | undefined;
  /** Removes nothing, and answers with what would be removed. @default false */
  readonly dryRun?: boolean | undefined;
}

/** An environment that was to be removed. */
export interface PrunedEnvironment extends ListedEnvironment {
  /** What {@link restoreEnvironment} takes; missing after a dry run, and where it was deleted or could not be removed. */
  readonly entry?: TrashEntry;
  /** Why it is there still. */
  readonly error?: VivariumError;
}

/**
 * Removes environments that are dead (their Python is gone), incomplete or unused, so that they can be restored for a day.
 * One that cannot be removed leaves the others alone.
 *
 * @throws VivariumError `SETTING_INVALID` for a number of days that is none
 */
export async function pruneEnvironments(options: PruneOptions = {}): Promise<readonly PrunedEnvironment[]> {
  const { unusedFor, dryRun = false } = options;
  if (unusedFor !== undefined && !(unusedFor >= 0)) {
    throw new VivariumError('SETTING_INVALID', `unusedFor can't be used: expected a number of days, got ${unusedFor}`, {
      source: 'unusedFor',
    });
  }
  const { isPrunable, openTrash, removeEnvironment: remove } = await import('@vivarium/environments');
  const which = { unusedFor, now: Date.now() };
  const targets: ListedEnvironment[] = [];
  for await (const listed of listEnvironments(options)) if (isPrunable(listed, which)) targets.push(listed);
  options.signal?.throwIfAborted();
  if (dryRun) return targets;
  const trash = openTrash(surroundings(options).env);
  return targets.map((target) => {
    try {
      const entry = remove({ directory: target.inspection.directory, trash });
      return entry === undefined ? target : { ...target, entry };
    } catch (error) {
      if (!isVivariumError(error)) throw error;
      return { ...target, error };
    }
  });
}

/** What was removed within the last day and can be restored, the latest first. */
export async function removedEnvironments({
  env = process.env,
}: Pick<CallContext, 'env'> = {}): Promise<readonly TrashEntry[]> {
  const { openTrash, trashEntries } = await import('@vivarium/environments');
  return trashEntries(openTrash(env));
}

/**
 * Restores an environment that was removed. One that is at its place now is kept for a day in its turn.
 *
 * @throws VivariumError with a permanent `code`
 */
export async function restoreEnvironment(
  entry: TrashEntry,
  { env = process.env }: Pick<CallContext, 'env'> = {},
): Promise<Undone> {
  const { openTrash, undoRemoval } = await import('@vivarium/environments');
  return undoRemoval(entry, openTrash(env));
}

function surroundings({ env = process.env, cwd }: CallContext) {
  return { env, cwd: cwd === undefined ? currentDirectory() : resolve(pathOf(cwd)) };
}

function pathOf(path: string | URL): string {
  return typeof path === 'string' ? path : fileURLToPath(path);
}
