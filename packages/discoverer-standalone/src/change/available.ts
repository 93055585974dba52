import type { Context, Spec } from '@vivarium/core/plugin';
import { choose } from '../manifest/choose.ts';
import { loadManifest } from '../manifest/load.ts';
import { buildName, type ManifestBuild } from '../manifest/manifest.ts';
import type { ManagedSettings } from '../options.ts';
import { listBuilds } from '../store/builds.ts';
import { usableStore } from '../store/directory.ts';

/** A build that can be fetched for this machine. */
export interface AvailableBuild extends ManifestBuild {
  /** The name of the directory that it is installed in. */
  readonly name: string;
  readonly isInstalled: boolean;
}

/** The builds of the manifest for this machine that fit a spec, newest first; without one, free-threaded ones too. */
export async function availableBuilds(
  spec: Spec | undefined,
  settings: ManagedSettings,
  context: Context,
): Promise<readonly AvailableBuild[]> {
  const { builds } = await loadManifest(settings, context);
  const store = usableStore(settings, context);
  const installed = new Set((store === undefined ? [] : listBuilds(store)).map(({ name }) => name));
  const freeThreaded = { kind: 'version', text: '', isFreeThreaded: true } as const;
  const chosen =
    spec === undefined ? [...choose(builds, undefined), ...choose(builds, freeThreaded)] : choose(builds, spec);
  return chosen.map((build) => {
    const name = buildName(build);
    return { ...build, name, isInstalled: installed.has(name) };
  });
}
