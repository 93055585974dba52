import { type DecidePackages, openRun, type Run } from '@vivarium/core/host';
import { findInterpreter } from '@vivarium/discovery';
import { askedByProject } from './asked-by-project.ts';
import { namingBuild } from './managed-base.ts';
import { createOne } from './one.ts';
import { type CreateRequest, type CreateResult, toolOf } from './request.ts';
import { assertDifferent, targetsOf } from './targets.ts';

/** What became of one environment of several. */
export type CreateOutcome = CreateResult | { readonly destination: string; readonly failure: unknown };

/** Plans an environment and, unless it is a dry run, makes it. */
export async function runCreate({
  destination,
  ...request
}: CreateRequest & { readonly destination: string }): Promise<CreateResult> {
  const run = await open(request);
  try {
    return await createOne({ destination, specs: request.settings.python ?? [] }, run, request);
  } finally {
    run.cache.close();
  }
}

/**
 * Makes several environments at the same time: one for each destination, and for a destination with `{python}` in its
 * name one for each Python that is asked for. One that fails leaves the others alone.
 *
 * @param request `isLiteral`: `{python}` is a part of a name like any other
 * @throws VivariumError when the destinations are not clear; nothing was created then
 */
export async function runCreateAll(
  destinations: readonly string[],
  { isLiteral = false, ...request }: CreateRequest & { readonly isLiteral?: boolean },
): Promise<readonly CreateOutcome[]> {
  const run = await open(request);
  const specs = request.settings.python ?? [];
  try {
    const targets = isLiteral
      ? destinations.map((destination) => ({ destination, specs }))
      : (await Promise.all(destinations.map((text) => targetsOf(text, specs, run)))).flat();
    assertDifferent(targets, request.cwd);
    return await inOrder(targets, (target) =>
      createOne(target, run, request).catch((failure: unknown) => ({ destination: target.destination, failure })),
    );
  } finally {
    run.cache.close();
  }
}

/**
 * Looks for the interpreter of a request, and creates nothing.
 *
 * @throws VivariumError when there is none
 */
export async function assertInterpreter(request: CreateRequest): Promise<void> {
  const run = await open(request);
  try {
    await run.find(request.settings.python ?? []);
  } finally {
    run.cache.close();
  }
}

// Most of the work is done by one thread; more at once would only keep more plans in memory.
const MAX_CONCURRENCY = 4;

/** Does something for every item, for a few at the same time, and answers in the order of the items. */
async function inOrder<T, U>(items: readonly T[], act: (item: T) => Promise<U>): Promise<readonly U[]> {
  const answers: U[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) answers[index] = await act(items[index] as T);
  };
  await Promise.all(Array.from({ length: MAX_CONCURRENCY }, worker));
  return answers;
}

async function open(request: CreateRequest): Promise<Run> {
  const decidePackages = await decisionOf(request);
  return openRun({
    ...request,
    ...(decidePackages === undefined ? {} : { decidePackages: namingBuild(decidePackages) }),
    tool: toolOf(request),
    findInterpreter: hasProject(request)
      ? (search) => findInterpreter({ ...search, project: () => askedByProject(request) })
      : findInterpreter,
  });
}

// A lock that is installed says for which Pythons it is, whether or not there is a project around it.
function hasProject({ readsProject, settings: { lock } }: CreateRequest): boolean {
  return readsProject === true || lock !== undefined;
}

// What reads locks is loaded only where there is one.
async function decisionOf({
  settings,
  dryRun,
  warn,
  decidePackages,
}: CreateRequest): Promise<DecidePackages | undefined> {
  const { lock, groups = [], extras = [], offline, exact, allowBuild } = settings;
  if (decidePackages !== undefined) return decidePackages;
  if (settings.requirements !== undefined || settings.with !== undefined || settings.writeLock !== undefined) {
    return (await import('../lock/requested.ts')).decideRequested(settings, { dryRun });
  }
  if (lock === undefined) return exact ? (await import('../lock/requested.ts')).refuseExact() : undefined;
  const { openLock } = await import('../lock/open-lock.ts');
  return openLock({ file: lock, groups, extras, isOffline: offline, isExact: exact, allowBuild, warn });
}
