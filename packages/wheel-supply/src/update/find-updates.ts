import { compare } from '@renovatebot/pep440';
import { type Context, type Interpreter, messageOf } from '@vivarium/core';
import { lockedWheels } from '@vivarium/seed-wheels';
import { findCandidates } from '../candidate.ts';
import { chooseWheel } from '../choose.ts';
import { downloadWheel } from '../download.ts';
import { findPip } from '../supply.ts';
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
  /** The version that was at hand before. */
  readonly current?: string;
  /** The newest that is at hand now; missing where it failed. */
  readonly newest?: string;
  /** Why it failed, in one sentence. */
  readonly failure?: string;
}

/** Has pip fetch the newest wheels into the cache and marks them. What fails for one doesn't keep the others. */
export async function findUpdates(request: UpdateRequest): Promise<readonly UpdateResult[]> {
  const pip = await findPip({ ...request, extraFolders: [] });
  const results: UpdateResult[] = [];
  for (const python of request.pythons) {
    results.push(
      ...(await Promise.all(request.names.map((name) => findUpdate(name, python, { ...request, pip: pip?.path })))),
    );
  }
  return results;
}

/** The distributions that are seeds by themselves, and the Pythons that may have different ones. */
export function lockedSeeds(): Pick<UpdateRequest, 'names' | 'pythons'> {
  const locked = lockedWheels.flatMap(({ python }) => />=\s*(\d+\.\d+)/.exec(python)?.[1] ?? []);
  const pythons = [...new Set(locked)].sort(byNumber);
  // From the last that the lock file tells apart on, a newer seed may do without any of them.
  for (let minor = Number(pythons.at(-1)?.split('.')[1]) + 1; minor <= NEWEST_MINOR; minor += 1)
    pythons.push(`3.${minor}`);
  return { names: ['pip', 'setuptools', 'wheel'], pythons };
}

const NEWEST_MINOR = 15;

async function findUpdate(
  name: string,
  python: string,
  { origin, interpreter, context, pip }: UpdateRequest & { readonly pip: string | undefined },
): Promise<UpdateResult> {
  const candidates = await findCandidates({ interpreter, extraFolders: [], context });
  const found = Date.now();
  try {
    const target = { interpreter: asPython(interpreter, python), context };
    const choice = await chooseWheel({ name, range: '', isShipped: false }, candidates, target);
    const current = choice?.candidate.version;
    const download = { name, range: '', interpreter, context, candidates, pipWheel: pip, python, newerThan: current };
    const { candidate } = await downloadWheel({ ...download, mark: { origin, found } });
    const isNew = current === undefined || compare(candidate.version, current) > 0;
    if (isNew && origin === 'periodic') await findSettled(download, found);
    const newest = isNew ? candidate.version : current;
    return { name, python, newest, ...(current === undefined ? {} : { current }) };
  } catch (error) {
    context.signal.throwIfAborted();
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
async function findSettled(download: Parameters<typeof downloadWheel>[0], found: number): Promise<void> {
  const publishedBefore = found - GRACE;
  try {
    await downloadWheel({
      ...download,
      uploadedBefore: publishedBefore,
      mark: { origin: 'periodic', found, publishedBefore },
    });
  } catch {
    download.context.trace(`no date is known for the versions of ${download.name}`);
  }
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
