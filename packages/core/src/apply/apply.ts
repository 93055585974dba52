import { dirname } from 'node:path';
import type { Cache } from '../cache/cache.ts';
import { isVivariumError, systemCode, VivariumError } from '../error.ts';
import type { RunEvent } from '../event.ts';
import type { ChangePlan } from '../plan/plan.ts';
import type { LinkMode, Step } from '../plan/step.ts';
import { inSlices, type Pause, type Slices } from '../slices.ts';
import { type Commit, DestinationPinnedError, isCwd, nothingLeft, type OpenCommit, takenError } from './commit.ts';
import { commitByRename } from './commit-by-rename.ts';
import { commitContent } from './commit-content.ts';
import { commitFiles } from './commit-files.ts';
import { doStep } from './do-step.ts';
import { entriesOf } from './entries.ts';
import type { Place } from './place.ts';
import { getProof, type Proof } from './proof.ts';
import { isThere } from './remove.ts';
import { stagingLost } from './run-directory.ts';
import { runProcess } from './run-process.ts';
import { writeError } from './write-error.ts';

/** What {@link applyPlan} needs besides the plan. */
export interface ApplyRequest {
  /** When it is aborted, what was created is removed and the promise rejects with the code `INTERRUPTED`. */
  readonly signal?: AbortSignal;
  /** The variables that processes of `run` steps inherit. @default process.env */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /**
   * Where this user's runs keep the secret by which they recognise what a killed one left behind. Without one, nothing
   * that an earlier run left is removed, and nothing that this one leaves when it is killed.
   */
  readonly cache?: Cache;
  /**
   * Takes what a plan of the mode `replace` has replaced, instead of its being deleted.
   *
   * @param path where it is now; it has to be gone from there if the answer is yes
   * @returns whether it was taken
   */
  readonly keepReplaced?: (path: string) => boolean;
  /** Asked while the work is divided; without it the event loop is held until a process is waited for. */
  readonly pause?: Pause | undefined;
  /** Told how far the steps are. */
  readonly emit?: ((event: RunEvent) => void) | undefined;
}

/** What was found out while a plan was applied. */
export interface Applied {
  /** The ways in which files of trees were put in, each once. */
  readonly linkModes: readonly LinkMode[];
  /** Directories with what was there before that could not be deleted; the next run for this destination tries again. */
  readonly leftovers: readonly string[];
}

/**
 * Does what a plan says: the only code that writes an environment. Everything is built in a staging directory and then
 * takes its place: a new environment by one rename; where the destination has to stay the same directory (it is a mount
 * point, or the cwd of this process) or can't be renamed, by exchanging the content, the scripts last; one that is
 * refreshed file by file.
 *
 * When anything fails, or the signal is aborted, what was created is removed and what was there before is there again.
 * The exception is an environment that is refreshed and whose files are already taking their places: there each file is
 * the old or the new one, whole.
 *
 * @throws VivariumError `WRITE_FAILED`, `PROCESS_FAILED`, `DESTINATION_TAKEN`, `STAGING_NOT_INTACT`, `INTERRUPTED`,
 * `PLATFORM_MISMATCH`
 */
export async function applyPlan(plan: ChangePlan, request: ApplyRequest = {}): Promise<Applied> {
  assertForThisHost(plan);
  const proof = await getProof(request.cache);
  if (plan.mode === 'refresh') return perform(plan, request, { proof, openCommit: commitFiles });
  if (isCwd(plan.environment.destination)) return perform(plan, request, { proof, openCommit: commitContent });
  try {
    return await perform(plan, request, { proof, openCommit: commitByRename });
  } catch (error) {
    if (error instanceof DestinationPinnedError) return perform(plan, request, { proof, openCommit: commitContent });
    throw error;
  }
}

interface Way {
  readonly proof: Proof;
  readonly openCommit: OpenCommit;
}

async function perform(plan: ChangePlan, request: ApplyRequest, { proof, openCommit }: Way): Promise<Applied> {
  const { destination } = plan.environment;
  const [before, after] = splitAtCommit(plan.steps);
  const work: Work = {
    destination,
    request,
    linkModes: new Set(),
    step: undefined,
    done: 0,
    total: totalOf(plan.steps),
  };
  let commit: Commit | undefined;
  try {
    commit = openCommit(plan, proof);
    await build(before, commit, work);
    await commit.claim?.();
    await interruption(request);
    await inSlices(commit.commit(entriesOf(before)), request.pause);
    await finish(after, commit, work);
  } catch (error) {
    const state = commit === undefined ? nothingLeft() : await inSlices(commit.rollback(), request.pause);
    throw error instanceof DestinationPinnedError ? error : writeError(error, { destination, step: work.step, state });
  }
  // From here on the new environment is there, whatever becomes of the old one.
  const leftovers = await inSlices(commit.cleanup(request.keepReplaced), request.pause);
  return { linkModes: [...work.linkModes], leftovers };
}

/** Does the steps in the staging directory, which has to be the same in the end. */
async function build(steps: readonly Step[], { run }: Commit, work: Work): Promise<void> {
  const { linkModes, destination } = work;
  try {
    const { staging: root, stagingName: rootName } = run;
    await doSteps(steps, { root, rootName, isFresh: true, isDivided: isDivided(work.request), linkModes }, work);
  } catch (error) {
    const isOwn = isVivariumError(error) && error.code !== 'PROCESS_FAILED';
    const isIntact = run.isIntact() && !isBelowMissing(error, run.staging);
    throw isOwn || isIntact ? error : stagingLost(destination, run.path);
  }
  await interruption(work.request);
  if (!run.isIntact()) throw stagingLost(destination, run.path);
}

/** Whether a call failed because a directory in the staging directory is gone: each was there, or was created just now. */
function isBelowMissing(error: unknown, staging: string): boolean {
  if (systemCode(error) !== 'ENOENT') return false;
  const { path = '', dest = path } = error as { readonly path?: string; readonly dest?: string };
  return dest.startsWith(`${staging}/`) && !isThere(dirname(dest));
}

/** Does the steps that need the destination, as long as it is the environment of this run. */
async function finish(steps: readonly Step[], commit: Commit, work: Work): Promise<void> {
  const { destination: root, linkModes } = work;
  const place = { root, rootName: root, isFresh: false, isDivided: isDivided(work.request), linkModes };
  for (const step of steps) {
    await doSteps([step], place, work);
    if (!commit.isInPlace()) throw takenError(root);
  }
}

/** What is shared by the steps of one run. */
interface Work {
  readonly destination: string;
  readonly request: ApplyRequest;
  readonly linkModes: Set<LinkMode>;
  /** The step at work, for the error message. */
  step: Step | undefined;
  /** How many files and other steps are done, and how many there are. */
  done: number;
  readonly total: number;
}

/** The steps that are done in the staging directory, and those from the first process on that needs the destination. */
function splitAtCommit(steps: readonly Step[]): readonly [before: readonly Step[], after: readonly Step[]] {
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
      await runProcess(step, { env, signal, destination, root: place.rootName });
      // It may have created anything.
      isFresh = false;
    } else {
      const slices = doStep(step, { ...place, isFresh });
      if (slices !== undefined) await inSlices(place.isDivided ? counted(slices, work) : slices, pauseOf(request));
      else if (request.pause !== undefined) await pauseOf(request)?.();
    }
    if (step.kind !== 'tree') count(work);
  }
  work.step = undefined;
}

/** Whether the event loop gets its turn, or events are sent, while the files of a tree are put in. */
function isDivided({ pause, emit }: ApplyRequest): boolean {
  return pause !== undefined || emit !== undefined;
}

/** Between two slices the signal may have been aborted. */
function pauseOf({ pause, signal }: ApplyRequest): Pause | undefined {
  if (pause === undefined) return undefined;
  return () => {
    if (signal?.aborted) throw new VivariumError('INTERRUPTED', 'Interrupted', { cause: signal.reason });
    return pause();
  };
}

function* counted(slices: Slices<unknown>, work: Work): Slices {
  for (const _ of slices) {
    count(work);
    yield;
  }
}

function count(work: Work): void {
  const { emit } = work.request;
  if (emit === undefined) return;
  work.done += 1;
  // A thousand files are not a thousand pieces of news.
  if (work.done % EVENT_STEP === 0 || work.done === work.total) {
    emit({ type: 'steps', done: work.done, total: work.total });
  }
}

const EVENT_STEP = 32;

/** How many files and other steps there are to do. */
function totalOf(steps: readonly Step[]): number {
  return steps.reduce((total, step) => total + (step.kind === 'tree' ? step.files.length : 1), 0);
}

/** Lets a signal in that came while synchronous work held the event loop, and throws if one did. */
async function interruption({ signal }: ApplyRequest): Promise<void> {
  if (signal === undefined) return;
  // Node's own promise for this is in a module that would have to be loaded.
  await new Promise((resolve) => setImmediate(resolve));
  if (signal.aborted) throw new VivariumError('INTERRUPTED', 'Interrupted', { cause: signal.reason });
}

function assertForThisHost(plan: ChangePlan): void {
  const host = process.platform === 'win32' ? 'nt' : 'posix';
  const { os, platform } = plan.environment.interpreter;
  if (os !== host) {
    throw new VivariumError('PLATFORM_MISMATCH', `A plan for ${platform} can't be applied on ${process.platform}`, {
      hint: 'Plans for other platforms can be created, printed and compared, but not applied.',
    });
  }
}
