import { VivariumError } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import type { LinkMode, Step } from '../plan/step.ts';
import { doStep } from './do-step.ts';
import { type Exchange, FixedDirectory, isCwd, nothingLeft, type OpenExchange } from './exchange.ts';
import { exchangeContent } from './exchange-content.ts';
import { exchangeDirectory } from './exchange-directory.ts';
import { exchangeFiles } from './exchange-files.ts';
import type { Place } from './place.ts';
import { runProcess } from './run-process.ts';
import { writeError } from './write-error.ts';

/** What {@link applyPlan} needs besides the plan. */
export interface ApplyRequest {
  /** When it is aborted, what was created is removed and the promise rejects with the code `INTERRUPTED`. */
  readonly signal?: AbortSignal;
  /** The variables that processes of `run` steps inherit. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What was found out while a plan was applied. */
export interface Applied {
  /** The ways in which files of trees were put in, each once. */
  readonly linkModes: readonly LinkMode[];
  /** Directories with what existed before that could not be deleted; the next run for this destination tries again. */
  readonly leftovers: readonly string[];
}

/**
 * Does what a plan says: the only code that writes an environment. Everything is built in a staging directory and then
 * takes its place: a new environment by one rename; where the destination has to stay the same directory (it is a mount
 * point, or the working directory of this process) by exchanging the content, the scripts last; one that is refreshed
 * file by file.
 *
 * When anything fails, or the signal is aborted, what was created is removed and what existed before exists
 * again. The exception is an environment that is refreshed and whose files are already taking their places: there each
 * file is the old or the new one, whole.
 *
 * @throws VivariumError `WRITE_FAILED`, `PROCESS_FAILED`, `DESTINATION_TAKEN`, `INTERRUPTED`, `PLATFORM_MISMATCH`
 */
export async function applyPlan(plan: Plan, request: ApplyRequest = {}): Promise<Applied> {
  assertForThisHost(plan);
  if (plan.mode === 'refresh') return perform(plan, request, exchangeFiles);
  if (isCwd(plan.environment.destination)) return perform(plan, request, exchangeContent);
  try {
    return await perform(plan, request, exchangeDirectory);
  } catch (error) {
    if (error instanceof FixedDirectory) return perform(plan, request, exchangeContent);
    throw error;
  }
}

async function perform(plan: Plan, request: ApplyRequest, openExchange: OpenExchange): Promise<Applied> {
  const { destination } = plan.environment;
  const [before, after] = atTheMove(plan.steps);
  const work: Work = { destination, request, linkModes: new Set(), step: undefined };
  let exchange: Exchange | undefined;
  try {
    exchange = openExchange(plan);
    await doSteps(before, { root: exchange.staging, isFresh: true, linkModes: work.linkModes }, work);
    await interruption(request);
    exchange.move();
    await doSteps(after, { root: destination, isFresh: false, linkModes: work.linkModes }, work);
  } catch (error) {
    const state = exchange?.undo() ?? nothingLeft();
    throw error instanceof FixedDirectory ? error : writeError(error, { destination, step: work.step, state });
  }
  // From here on the new environment stands, whatever becomes of the old one.
  return { linkModes: [...work.linkModes], leftovers: exchange.finish() };
}

/** What is shared by the steps of one run. */
interface Work {
  readonly destination: string;
  readonly request: ApplyRequest;
  readonly linkModes: Set<LinkMode>;
  /** The step at work, for the error message. */
  step: Step | undefined;
}

/** The steps that are done in the staging directory, and those from the first process on that needs the destination. */
function atTheMove(steps: readonly Step[]): readonly [before: readonly Step[], after: readonly Step[]] {
  const index = steps.findIndex((step) => step.kind === 'run' && step.place !== 'staging');
  return index === -1 ? [steps, []] : [steps.slice(0, index), steps.slice(index)];
}

async function doSteps(steps: readonly Step[], place: Place, work: Work): Promise<void> {
  const { request, destination } = work;
  let { isFresh } = place;
  for (const step of steps) {
    work.step = step;
    if (step.kind === 'run') {
      await interruption(request);
      const { env = process.env, signal } = request;
      await runProcess(step, { env, signal, destination, root: place.root });
      // It may have made anything.
      isFresh = false;
    } else doStep(step, { ...place, isFresh });
  }
  work.step = undefined;
}

/** Lets a signal in that came while synchronous work held the event loop, and throws if one did. */
async function interruption({ signal }: ApplyRequest): Promise<void> {
  if (signal === undefined) return;
  // Node's own promise for this is in a module that would have to be loaded.
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new VivariumError('INTERRUPTED', 'Interrupted', { cause: signal.reason });
}

function assertForThisHost(plan: Plan): void {
  const host = process.platform === 'win32' ? 'nt' : 'posix';
  const { os, platform } = plan.environment.interpreter;
  if (os !== host) {
    throw new VivariumError('PLATFORM_MISMATCH', `A plan for ${platform} can't be applied on ${process.platform}`, {
      hint: 'Plans for other platforms can be created, printed and compared, but not applied.',
    });
  }
}
