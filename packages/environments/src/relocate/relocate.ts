import { readdirSync, realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { applyPlan, type Cache, resolveDestination, VivariumError } from '@vivarium/core/host';
import { assertMayRemove, recoverDestination, removeTree } from '@vivarium/core/internal';
import { inspect } from '../inspect/inspect.ts';
import type { Inspection } from '../inspect/inspection.ts';
import { openTrash, purgeEntry, putInTrash } from '../trash/trash.ts';
import { planRelocation, type Relocation } from './plan-relocation.ts';
import type { Quote } from './rewrite-words.ts';

/** An environment, and where it is to be. */
export interface RelocateRequest {
  /** The environment, or a redirect to it; relative paths are those of the cwd. */
  readonly source: string;
  /** Where nothing is, or an empty directory. */
  readonly destination: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How activation scripts quote, by their file names. */
  readonly quotes: Readonly<Record<string, Quote>>;
  /** Where the secret is by which what a killed run left is recognised. */
  readonly cache?: Cache;
  readonly signal?: AbortSignal;
  /** Only plans. @default false */
  readonly dryRun?: boolean;
}

/** An environment at its new place. */
export interface Relocated extends Relocation {
  readonly source: string;
  readonly destination: string;
  /** Where the old one still is, if it was to be removed and could not be. */
  readonly leftover?: string;
}

/**
 * Creates another environment with all that is in one. Nothing of the first changes, and no file that a program could
 * write to is shared with it.
 *
 * @throws VivariumError `ENVIRONMENT_NOT_FOUND`, `ENVIRONMENT_NOT_MOVABLE`, `ENVIRONMENT_NOT_USABLE`,
 *   `ENVIRONMENT_NOT_READABLE`, what is wrong with the destination, and what `applyPlan` throws; nothing is left then
 */
export async function cloneEnvironment(request: RelocateRequest): Promise<Relocated> {
  return relocate(request, ['reflink', 'copy']);
}

/**
 * Moves an environment: the new one is built, started once, and appears by one rename; then the old one is removed. So
 * one of the two is complete at every moment.
 *
 * @throws VivariumError as {@link cloneEnvironment} does, and where the old one may not be removed
 */
export async function moveEnvironment(request: RelocateRequest): Promise<Relocated> {
  const { directory } = inspect(resolve(request.cwd, request.source), { packages: false });
  assertMayRemove({ destination: realpathSync(directory), force: true });
  const relocated = await relocate(request, ['hardlink', 'reflink', 'copy']);
  if (request.dryRun) return relocated;
  const leftover = removeOld(relocated.source, request.env);
  return leftover === undefined ? relocated : { ...relocated, leftover };
}

async function relocate(
  request: RelocateRequest,
  link: Parameters<typeof planRelocation>[0]['link'],
): Promise<Relocated> {
  const { cwd, quotes, env, cache, signal, dryRun = false } = request;
  const inspection = inspect(resolve(cwd, request.source), { packages: false });
  assertMovable(inspection);
  const source = realpathSync(inspection.directory);
  const destination = resolveDestination(request.destination, cwd);
  assertApart(source, destination);
  if (cache !== undefined && !dryRun) recoverDestination(destination, cache);
  assertEmpty(destination);
  const relocation = planRelocation({ inspection: { ...inspection, directory: source }, destination, link, quotes });
  if (!dryRun) {
    await applyPlan(relocation.plan, {
      env,
      ...(cache === undefined ? {} : { cache }),
      ...(signal === undefined ? {} : { signal }),
    });
  }
  return { ...relocation, source, destination };
}

function assertMovable({ directory, createdBy, python, problems, layout }: Inspection): void {
  if (createdBy.tool === 'conda') {
    throw notMovable(directory, 'packages of conda contain the path in many files', 'Use `conda create --clone`.');
  }
  if (layout.os === 'nt' && process.platform !== 'win32') throw notMovable(directory, 'it is one for Windows');
  if (python.state === 'ok') return;
  const [problem] = problems;
  throw new VivariumError('ENVIRONMENT_NOT_USABLE', problem?.message ?? `The Python of ${directory} can't be started`, {
    hint: 'It is started at its new place before the old one is removed. Repair it first: `vivarium doctor` tells more.',
  });
}

function notMovable(directory: string, reason: string, hint = 'Create one at the new place.'): VivariumError {
  return new VivariumError('ENVIRONMENT_NOT_MOVABLE', `${directory} can't be moved or cloned, because ${reason}`, {
    hint,
  });
}

function assertApart(source: string, destination: string): void {
  if (source !== destination && !destination.startsWith(source + sep) && !source.startsWith(destination + sep)) return;
  throw notMovable(source, `${destination} is the same place, in it or around it`, 'Choose another place.');
}

function assertEmpty(destination: string): void {
  if (statSync(destination, { throwIfNoEntry: false }) === undefined || readdirSync(destination).length === 0) return;
  throw new VivariumError('DESTINATION_NOT_EMPTY', `The destination ${destination} has something in it`, {
    source: 'DEST',
    hint: 'Name a directory that does not exist, or is empty.',
  });
}

/** By way of the trash, so that it is gone at once, and what is left of it after a kill is deleted a day later. */
function removeOld(source: string, env: RelocateRequest['env']): string | undefined {
  const trash = openTrash(env);
  const entry = putInTrash({ content: source, path: source, removal: 'move' }, trash);
  try {
    if (entry === undefined) removeTree(source);
    else purgeEntry(entry, trash);
    return undefined;
  } catch {
    return source;
  }
}
