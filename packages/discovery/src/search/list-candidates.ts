import type { Candidate, Context, VersionSpec } from '@vivarium/core/plugin';
import { installedCandidates } from '../sources/installations.ts';
import { installRoots } from '../sources/managers.ts';
import { allPathCandidates } from '../sources/path.ts';
import { windowsCandidates } from '../sources/windows/windows.ts';

/** Every candidate on this machine, but those whose place tells that they can't be what a spec asks for. */
export async function* listCandidates(spec: VersionSpec | undefined, context: Context): AsyncIterable<Candidate> {
  yield* allPathCandidates(context);
  for (const root of installRoots(context)) yield* installedCandidates(root, spec);
  yield* windowsCandidates(spec, context);
}
