import type { Candidate, Context, Spec } from '@vivarium/core/plugin';
import { choose } from '../manifest/choose.ts';
import { loadManifest } from '../manifest/load.ts';
import type { ManagedSettings } from '../options.ts';
import { executableOf } from '../store/builds.ts';
import { SOURCE } from '../store/candidates.ts';
import { install } from './install.ts';

/** Installs the newest build that fits a spec, if the manifest has one, and names it. */
export async function* fetchedCandidates(
  spec: Spec | undefined,
  settings: ManagedSettings,
  context: Context,
): AsyncIterable<Candidate> {
  if (spec?.kind === 'path') return;
  const manifest = await loadManifest(settings, context);
  const [build] = choose(manifest.builds, spec);
  if (build === undefined) return;
  const { installed } = await install({ build, manifest, settings, context });
  yield { executable: executableOf(installed), source: SOURCE, isExplicit: true };
}
