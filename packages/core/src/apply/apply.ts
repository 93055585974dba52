import { setImmediate as nextTurn } from 'node:timers/promises';
import { VivariumError } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import type { LinkMode, Step } from '../plan/step.ts';
import { doStep, type FileSystemStep, type Place } from './do-step.ts';
import { type Exchange, FixedFolder, isWorkingFolder } from './exchange.ts';
import { exchangeContent } from './exchange-content.ts';
import { exchangeFolder } from './exchange-folder.ts';
import { runProcess } from './run-process.ts';
import { writeError } from './write-error.ts';

/** What {@link applyPlan} needs besides the plan. */
export interface ApplyRequest {
  /** When it is aborted, what was made is removed and the promise rejects with the code `INTERRUPTED`. */
  readonly signal?: AbortSignal;
  /** The variables that processes of `run` steps inherit. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What was found out while a plan was applied. */
export interface Applied {
  /** The ways in which files of trees were put in, each once. */
  readonly linkModes: readonly LinkMode[];
}

/**
 * Does what a plan says: the only code that writes an environment. A new environment is built in a staging folder
 * beside the destination and appears there by one rename. Where the destination has to stay the same folder (it is a
 * mount point, or the working folder of this process), its content is exchanged instead, `pyvenv.cfg` last.
 *
 * When anything fails, or the signal is aborted, what was made is removed and what stood there before stands there
 * again. The exception is an environment that is refreshed in place: there each file is the old or the new one, whole.
 *
 * @throws VivariumError `WRITE_FAILED`, `RUN_FAILED`, `DESTINATION_TAKEN`, `INTERRUPTED`, `FOREIGN_PLATFORM`
 */
export async function applyPlan(plan: Plan, request: ApplyRequest = {}): Promise<Applied> {
  assertForThisHost(plan);
  const { destination } = plan.environment;
  if (plan.mode === 'refresh') return refresh(plan, request);
  if (isWorkingFolder(destination)) return makeAnew(plan, request, exchangeContent);
  try {
    return await makeAnew(plan, request, exchangeFolder);
  } catch (error) {
    if (error instanceof FixedFolder) return makeAnew(plan, request, exchangeContent);
    throw error;
  }
}

type OpenExchange = (destination: string, mode: Plan['mode']) => Exchange;

async function makeAnew(plan: Plan, request: ApplyRequest, openExchange: OpenExchange): Promise<Applied> {
  const { destination } = plan.environment;
  const progress: Progress = { step: undefined };
  const linkModes = new Set<LinkMode>();
  let exchange: Exchange | undefined;
  try {
    exchange = openExchange(destination, plan.mode);
    const rest = doUntilRun(plan.steps, { root: exchange.staging, isFresh: true, linkModes }, progress);
    await interruption(request);
    exchange.move();
    await doInPlace(rest, { root: destination, isFresh: false, linkModes }, { request, progress });
  } catch (error) {
    exchange?.undo();
    throw error instanceof FixedFolder ? error : writeError(error, { destination, ...progress, after: 'nothing' });
  }
  // From here on the new environment stands, whatever becomes of the old one.
  exchange.finish();
  return { linkModes: [...linkModes] };
}

async function refresh(plan: Plan, request: ApplyRequest): Promise<Applied> {
  const { destination } = plan.environment;
  const place: Place = { root: destination, isFresh: false, linkModes: new Set() };
  const progress: Progress = { step: undefined };
  try {
    await doInPlace(plan.steps, place, { request, progress });
    return { linkModes: [...place.linkModes] };
  } catch (error) {
    throw writeError(error, { destination, ...progress, after: 'refresh' });
  }
}

/** The step at work, for the error message. */
interface Progress {
  step: Step | undefined;
}

/** Does the steps before the first that starts a process, and returns the others. */
function doUntilRun(steps: readonly Step[], place: Place, progress: Progress): readonly Step[] {
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'run') return steps.slice(index);
    progress.step = step;
    doStep(step satisfies FileSystemStep, place);
  }
  progress.step = undefined;
  return [];
}

async function doInPlace(
  steps: readonly Step[],
  place: Place,
  { request, progress }: { readonly request: ApplyRequest; readonly progress: Progress },
): Promise<void> {
  for (const step of steps) {
    progress.step = step;
    await interruption(request);
    if (step.kind === 'run') await runProcess(step, { env: request.env ?? process.env, signal: request.signal });
    else doStep(step, place);
  }
}

/** Lets a signal in that came while synchronous work held the event loop, and throws if one did. */
async function interruption({ signal }: ApplyRequest): Promise<void> {
  if (signal === undefined) return;
  await nextTurn();
  if (signal.aborted) throw new VivariumError('INTERRUPTED', 'Interrupted', { cause: signal.reason });
}

function assertForThisHost(plan: Plan): void {
  const host = process.platform === 'win32' ? 'nt' : 'posix';
  const { os, platform } = plan.environment.interpreter;
  if (os !== host) {
    throw new VivariumError('FOREIGN_PLATFORM', `A plan for ${platform} can't be applied on ${process.platform}`, {
      hint: 'Plans for other platforms can be made, printed and compared, but not applied.',
    });
  }
}
