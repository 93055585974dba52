import type { Candidate, Context, VersionSpec } from '@vivarium/core';
import { shelfCandidates } from '../sources/installations.ts';
import { managerShelves } from '../sources/managers.ts';
import { allPathCandidates } from '../sources/path.ts';
import { windowsCandidates } from '../sources/windows/windows.ts';

/** Every candidate on this machine, but those whose place tells that they can't be what a spec asks for. */
export async function* everyCandidate(spec: VersionSpec | undefined, context: Context): AsyncIterable<Candidate> {
  yield* allPathCandidates(context);
  for (const shelf of managerShelves(context)) yield* shelfCandidates(shelf, spec);
  yield* windowsCandidates(spec, context);
}
