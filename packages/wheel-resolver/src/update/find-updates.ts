import { compare } from '@renovatebot/pep440';
import { type Context, type Interpreter, messageOf } from '@vivarium/core/plugin';
import { chooseWheel } from '../choose/choose.ts';
import { type Download, downloadWheel, downloadWheels } from '../fetch/download.ts';
import { findCandidates } from '../find/candidate.ts';
import { findPip } from '../resolve-wheels.ts';
import { GRACE } from './is-usable.ts';
import type { UpdateMark } from './mark.ts';

/** What to look for newer versions of. */
export interface UpdateRequest {
  /** Distributions. */
  readonly names: readonly string[];
  /** Minor versions of Python, `3.12`. */
  readonly pythons: readonly string[];
  readonly origin: UpdateMark['origin'];
  /** Runs pip. */
  readonly interpreter: Interpreter;
  readonly context: Context;
}

/** What was found for one distribution and one Python. */
export interface UpdateResult {
  readonly name: string;
  readonly python: string;
  /** The version that was available before. */
  readonly current?: string;
  /** The newest that is available now; missing where it failed. */
  readonly newest?: string;
  /** Why it failed, in one sentence. */
  readonly failure?: string;
}

/** Has pip fetch the newest wheels into the cache and marks them. What fails for one doesn't keep the others. */
export async function findUpdates(request: UpdateRequest): Promise<readonly UpdateResult[]> {
  const pip = (await findPip({ ...request, extraDirectories: [] }))?.path;
  const results: UpdateResult[] = [];
  for (const python of request.pythons) {
    if (request.origin === 'manual') results.push(...(await upgradeAll(python, { ...request, pip })));
    else
      results.push(...(await Promise.all(request.names.map((name) => findUpdate(name, python, { ...request, pip })))));
  }
  return results;
}

type Finding = UpdateRequest & { readonly pip: string | undefined };

// One process for all of them, and one for each only where that fails: one may be missing, and the others not.
async function upgradeAll(python: string, request: Finding): Promise<readonly UpdateResult[]> {
  const [first, ...others] = await Promise.all(request.names.map((name) => prepare(name, python, request)));
  if (first === undefined) return [];
  try {
    const wheels = await downloadWheels([first, ...others]);
    return wheels.map(({ candidate }, index) => resultOf([first, ...others][index] ?? first, candidate.version));
  } catch {
    request.context.signal.throwIfAborted();
    return Promise.all(request.names.map((name) => findUpdate(name, python, request)));
  }
}

/** A download of the newest, and what is available without it. */
async function prepare(name: string, python: string, request: Finding): Promise<Download & { python: string }> {
  const { origin, interpreter, context, pip } = request;
  const candidates = await findCandidates({ interpreter, extraDirectories: [], context });
  const target = { interpreter: asPython(interpreter, python), context };
  const choice = await chooseWheel({ name, range: '', isShipped: false }, candidates, target);
  const mark = { origin, found: Date.now() };
  const newerThan = choice?.candidate.version;
  return { name, range: '', interpreter, context, candidates, pipWheel: pip, python, newerThan, mark };
}

function resultOf({ name, python, newerThan: current }: Download & { python: string }, fetched: string): UpdateResult {
  if (current === undefined) return { name, python, newest: fetched };
  return { name, python, current, newest: compare(fetched, current) > 0 ? fetched : current };
}

async function findUpdate(name: string, python: string, request: Finding): Promise<UpdateResult> {
  try {
    const download = await prepare(name, python, request);
    const { candidate } = await downloadWheel(download);
    const result = resultOf(download, candidate.version);
    if (result.newest !== result.current && request.origin === 'periodic') await findSettled(download);
    return result;
  } catch (error) {
    request.context.signal.throwIfAborted();
    return { name, python, failure: messageOf(error) };
  }
}

// Enough to choose a wheel by: whatever wants a patch version wants none as high as this.
function asPython(interpreter: Interpreter, python: string): Interpreter {
  const [major = 3, minor = 0] = python.split('.').map(Number);
  return { ...interpreter, version: { major, minor, micro: 99, releaseLevel: 'final', serial: 0 } };
}

// The newest that has been out for long enough. Older versions of pip, and indexes that keep no dates (PEP 700), can't
// say: then the wheel that was found first waits from now on.
async function findSettled(download: Download): Promise<void> {
  const found = download.mark?.found ?? Date.now();
  const publishedBefore = found - GRACE;
  const mark = { origin: 'periodic', found, publishedBefore } as const;
  try {
    await downloadWheel({ ...download, uploadedBefore: publishedBefore, mark });
  } catch {
    download.context.debug(`no date is known for the versions of ${download.name}`);
  }
}
