import type { Candidate, Context, VersionSpec } from '@vivarium/core/plugin';
import { installedCandidates } from './installations.ts';
import { uvDirectories } from './managers.ts';

/** The Pythons that uv has installed and that may be what a spec asks for. */
export function* uvCandidates(spec: VersionSpec | undefined, context: Context): Iterable<Candidate> {
  for (const directory of uvDirectories(context)) yield* installedCandidates({ directory, source: 'uv' }, spec);
}
