import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Listed, Relocated, TrashEntry, Undone } from '@vivarium/environments';
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
