import type { Candidate, Context, Spec } from '@vivarium/core/plugin';
import { uvCandidates } from '@vivarium/discovery';
import { choose } from '../manifest/choose.ts';
import type { ManagedSettings } from '../options.ts';
import { executableOf, listBuilds } from './builds.ts';
import { usableStore } from './directory.ts';

/** How messages call the place that managed Pythons are in. */
export const SOURCE = 'managed by vivarium';

/** The Pythons of our store and of uv's that may be what a spec asks for, ours first, each newest first. */
export function* storeCandidates(
  spec: Spec | undefined,
  settings: ManagedSettings,
  context: Context,
): Iterable<Candidate> {
  if (spec?.kind === 'path') return;
  const store = usableStore(settings, context);
  if (store !== undefined) {
    for (const build of choose(listBuilds(store), spec)) yield { executable: executableOf(build), source: SOURCE };
  }
  yield* uvCandidates(spec, context);
}
