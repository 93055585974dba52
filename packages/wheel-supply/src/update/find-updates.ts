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
  /** The version of the newest wheel that pip gives; missing where it failed. */
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

/** The distributions that are seeds by themselves, and the Pythons for which the lock file has different ones. */
export function lockedSeeds(): Pick<UpdateRequest, 'names' | 'pythons'> {
  const pythons = lockedWheels.flatMap(({ python }) => />=\s*(\d+\.\d+)/.exec(python)?.[1] ?? []);
  return { names: ['pip', 'setuptools', 'wheel'], pythons: [...new Set(pythons)].sort(byNumber) };
}

async function findUpdate(
  name: string,
  python: string,
  { origin, interpreter, context, pip }: UpdateRequest & { readonly pip: string | undefined },
): Promise<UpdateResult> {
  const candidates = await findCandidates({ interpreter, extraFolders: [], context });
  const found = Date.now();
  try {
    const download = { name, range: '', interpreter, context, candidates, pipWheel: pip, python };
    if (origin === 'manual') {
      const { candidate } = await downloadWheel({ ...download, mark: { origin, found } });
      return { name, python, newest: candidate.version };
    }
    // The Python at hand is the one that updates are for, so what it would get today is known.
    const current = await chooseWheel({ name, range: '', isShipped: false }, candidates, { interpreter, context });
    const newerThan = current?.candidate.version;
    const { candidate } = await downloadWheel({ ...download, newerThan, mark: { origin, found } });
    const isNew = newerThan === undefined || compare(candidate.version, newerThan) > 0;
    if (isNew) await findSettled({ ...download, newerThan }, found);
    return { name, python, newest: candidate.version };
  } catch (error) {
    return { name, python, failure: messageOf(error) };
  }
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
