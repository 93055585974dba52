import { relative, sep } from 'node:path';
import { applyPlan, type Plan, type Run, systemCode, type Tool } from '@vivarium/core/host';
import { mayBeManaged } from './managed-base.ts';
import { type CreateRequest, type CreateResult, toolOf } from './request.ts';
import type { Target } from './targets.ts';

/**
 * Creates one environment of a run. When the cache is emptied in the meantime (`vivarium cache clean` or `prune`,
 * `--reset-app-data` of another run), or an entry in it turns out to lack a file, it begins again: until a plan is
 * applied whole, nothing of it is at the destination.
 */
export async function createOne(target: Target, run: Run, request: CreateRequest): Promise<CreateResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOne(target, run, request);
    } catch (error) {
      const missing = missingIn(run.cache.directory, error);
      if (attempt === MAX_ATTEMPTS || missing === undefined) throw error;
      request.debug(`${missing} is gone, with the whole cache or by itself; beginning again`);
      // Whatever else is left of the entry is of no use to anybody.
      run.cache.drop(entryOf(relative(run.cache.directory, missing)));
    }
  }
}

const MAX_ATTEMPTS = 5;

/** The file of the cache that was planned with, and that the system did not find when it was to be used. */
function missingIn(directory: string, error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { path } = cause as NodeJS.ErrnoException;
    if (systemCode(cause) === 'ENOENT' && path?.startsWith(`${directory}${sep}`)) return path;
  }
  return undefined;
}

/** The name of the entry that a file belongs to: its kind, its form, and its own name. */
function entryOf(path: string): string {
  return path.split(sep).slice(0, 3).join('/');
}

async function attemptOne(
  { destination: given, specs }: Target,
  run: Run,
  request: CreateRequest,
): Promise<CreateResult> {
  const plan = await run.plan(given, specs);
  request.debug(`planned ${plan.steps.length} steps for ${plan.environment.destination}`);
  for (const { name, reason } of plan.skippedActivators) reportSkipped(request, name, reason);
  const cacheDirectory = run.cache.directory;
  const { destination: environment } = plan.environment;
  const redirects = mayWantRedirect(request) ? await import('./redirect.ts') : undefined;
  redirects?.assertCentralRedirect(environment, request);
  if (request.dryRun) return withRedirect({ plan, cacheDirectory, milliseconds: milliseconds() });
  const bill = request.sbom === undefined ? undefined : await openBill(request.sbom, plan);
  const keepReplaced = plan.mode === 'replace' && request.isUndoable ? await keeper(environment, request) : undefined;
  const { signal, env, pause, emit } = request;
  const applied = await applyPlan(plan, {
    signal,
    env,
    cache: run.cache,
    pause,
    emit,
    ...(keepReplaced === undefined ? {} : { keepReplaced }),
  });
  for (const path of applied.leftovers)
    request.warn(`what was there before could not be deleted: ${path}`, 'LEFTOVER_KEPT');
  request.debug(`applied the plan of ${plan.environment.destination}`);
  const { basePrefix } = plan.environment.interpreter;
  if (mayBeManaged(basePrefix)) {
    (await import('@vivarium/discoverer-standalone/managed')).noteEnvironment(basePrefix, environment);
  }
  bill?.write(toolOf(request));
  return withRedirect({ plan, applied, cacheDirectory, milliseconds: milliseconds() });

  function withRedirect(result: CreateResult): CreateResult {
    const redirect = redirects?.redirectTo(environment, request);
    return redirect === undefined ? result : { ...result, redirect };
  }
}

/** Puts what is replaced into the trash, so that `vivarium undo` can restore it. */
async function keeper(path: string, { env }: CreateRequest): Promise<(content: string) => boolean> {
  const { openTrash, putInTrash } = await import('@vivarium/environments');
  return (content) => putInTrash({ content, path, removal: 'clear' }, openTrash(env)) !== undefined;
}

function mayWantRedirect({ redirect, settings }: CreateRequest): boolean {
  return redirect !== undefined || settings.venvRedirect;
}

async function openBill(path: string, plan: Plan): Promise<{ write(tool: Tool): void }> {
  const { checkSbomPlace, writeSbom } = await import('../sbom/sbom-file.ts');
  checkSbomPlace(path, plan);
  return { write: (tool) => writeSbom(path, plan, tool) };
}

function milliseconds(): number {
  return process.uptime() * 1000;
}

// Anyone who named an activator wants to know; of the default ones it goes without saying that not all fit.
function reportSkipped(request: CreateRequest, name: string, reason: string): void {
  const message = `no activation script for ${name}: ${reason}`;
  if (request.settings.activators === undefined) request.debug(message);
  else request.warn(message, 'ACTIVATOR_SKIPPED');
}
