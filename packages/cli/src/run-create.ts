import { resolve, sep } from 'node:path';
import {
  type Applied,
  applyPlan,
  type CoreSettings,
  type Options,
  openRun,
  type Plan,
  type Run,
  type SelectedPlugins,
  type Settings,
  systemCode,
  type Tool,
  VivariumError,
} from '@vivarium/core';
import { findInterpreter } from '@vivarium/discovery';
import { namePython } from './name-python.ts';
import { packageVersion } from './version.ts';

/** Where a run takes place and whom it tells. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly workingFolder: string;
  readonly signal: AbortSignal;
  readonly notice: (message: string) => void;
  readonly trace: (message: string) => void;
}

/** How environments are made. */
export interface CreateRequest extends Surroundings {
  readonly plugins: SelectedPlugins;
  readonly settings: CoreSettings & Settings<Options>;
  /** Plan only. */
  readonly dryRun: boolean;
  /** The program that is at work, as `pyvenv.cfg` names it. @default vivarium */
  readonly tool?: Tool;
  /** The absolute path of a file for the bill of materials. */
  readonly sbom?: string;
}

/** What was made, or would be. */
export interface CreateResult {
  readonly plan: Plan;
  /** Missing after a dry run. */
  readonly applied?: Applied;
  readonly cacheFolder: string;
  /** From the start of the process until the environment stood: what the person at the keyboard has waited. */
  readonly milliseconds: number;
}

/** What became of one environment of several. */
export type CreateOutcome = CreateResult | { readonly destination: string; readonly failure: unknown };

/** Plans an environment and, unless it is a dry run, makes it. */
export async function runCreate({
  destination,
  ...request
}: CreateRequest & { readonly destination: string }): Promise<CreateResult> {
  const run = open(request);
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
 * @throws VivariumError when it can't be told what is to be made; nothing was made then
 */
export async function runCreateAll(
  destinations: readonly string[],
  request: CreateRequest,
): Promise<readonly CreateOutcome[]> {
  const run = open(request);
  try {
    const targets = (await Promise.all(destinations.map((text) => targetsOf(text, run, request)))).flat();
    assertDifferent(targets, request.workingFolder);
    return await inOrder(targets, (target) =>
      createOne(target, run, request).catch((failure: unknown) => ({ destination: target.destination, failure })),
    );
  } finally {
    run.cache.close();
  }
}

// Most of the work is done by one thread; more at once would only keep more plans in memory.
const MOST_AT_ONCE = 4;

/** Does something for every item, for a few at the same time, and answers in the order of the items. */
async function inOrder<T, U>(items: readonly T[], act: (item: T) => Promise<U>): Promise<readonly U[]> {
  const answers: U[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) answers[index] = await act(items[index] as T);
  };
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, worker));
  return answers;
}

/** One environment to be made. */
interface Target {
  readonly destination: string;
  /** In order of preference. */
  readonly specs: readonly string[];
}

const PLACEHOLDER = '{python}';

/** Whether a destination stands for one environment or for one of each Python. */
export function isForEachPython(destination: string): boolean {
  return destination.includes(PLACEHOLDER);
}

function open(request: CreateRequest): Run {
  return openRun({
    ...request,
    tool: toolOf(request),
    findInterpreter,
  });
}

function toolOf({ tool }: CreateRequest): Tool {
  return tool ?? { name: 'vivarium', version: packageVersion() };
}

async function targetsOf(destination: string, run: Run, { settings }: CreateRequest): Promise<readonly Target[]> {
  const specs = settings.python ?? [];
  if (!isForEachPython(destination)) return [{ destination, specs }];
  const wanted = specs.length === 0 ? [[]] : specs.map((spec) => [spec]);
  return Promise.all(
    wanted.map(async (one) => {
      const name = namePython(await run.find(one));
      return { destination: destination.replaceAll(PLACEHOLDER, name), specs: one };
    }),
  );
}

function assertDifferent(targets: readonly Target[], workingFolder: string): void {
  const seen = new Set<string>();
  for (const { destination } of targets) {
    const path = resolve(workingFolder, destination);
    if (seen.has(path)) {
      throw new VivariumError('DESTINATION_TWICE', `Two environments are to be made at ${path}`, {
        exitCode: 2,
        hint: `Give each a destination of its own; with several -p, \`${PLACEHOLDER}\` in it stands for the Python.`,
      });
    }
    seen.add(path);
  }
}

// When the cache is emptied meanwhile (`vivarium cache clean` or `prune`, `--reset-app-data` of another run), it begins
// again: until a plan is applied whole, nothing of it stands at the destination.
async function createOne(target: Target, run: Run, request: CreateRequest): Promise<CreateResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await attemptOne(target, run, request);
    } catch (error) {
      if (attempt === MOST_ATTEMPTS || !isMissingIn(run.cache.folder, error)) throw error;
      request.trace('the cache was emptied by another run; beginning again');
    }
  }
}

const MOST_ATTEMPTS = 5;

// A file of the cache was there when it was planned with, and is not any more.
function isMissingIn(folder: string, error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { path } = cause as NodeJS.ErrnoException;
    if (systemCode(cause) === 'ENOENT' && path?.startsWith(`${folder}${sep}`)) return true;
  }
  return false;
}

async function attemptOne({ destination, specs }: Target, run: Run, request: CreateRequest): Promise<CreateResult> {
  const plan = await run.plan(destination, specs);
  for (const { name, because } of plan.leftOutActivators) tellLeftOut(request, name, because);
  const cacheFolder = run.cache.folder;
  if (request.dryRun) return { plan, cacheFolder, milliseconds: milliseconds() };
  const bill = request.sbom === undefined ? undefined : await openBill(request.sbom, plan);
  const applied = await applyPlan(plan, { signal: request.signal, env: request.env });
  for (const folder of applied.undeleted) request.notice(`what stood there before could not be deleted: ${folder}`);
  bill?.write(toolOf(request));
  return { plan, applied, cacheFolder, milliseconds: milliseconds() };
}

async function openBill(path: string, plan: Plan): Promise<{ write(tool: Tool): void }> {
  const { checkSbomPlace, writeSbom } = await import('./sbom/sbom-file.ts');
  checkSbomPlace(path, plan);
  return { write: (tool) => writeSbom(path, plan, tool) };
}

function milliseconds(): number {
  return process.uptime() * 1000;
}

// Whoever named an activator wants to know; of the default ones it goes without saying that not all fit.
function tellLeftOut(request: CreateRequest, name: string, because: string): void {
  const tell = request.settings.activators === undefined ? request.trace : request.notice;
  tell(`no activation script for ${name}: ${because}`);
}
