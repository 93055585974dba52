import type { Candidate, Context } from '@vivarium/core';
import { shelfCandidates } from '../sources/installations.ts';
import { managerShelves } from '../sources/managers.ts';
import { allPathCandidates } from '../sources/path.ts';
import { windowsCandidates } from '../sources/windows/windows.ts';

/** Every candidate on this machine, whatever its version. */
export async function* everyCandidate(context: Context): AsyncIterable<Candidate> {
  yield* allPathCandidates(context);
  for (const shelf of managerShelves(context)) yield* shelfCandidates(shelf, undefined);
  yield* windowsCandidates(undefined, context);
}
