import type { Context, Spec } from '@vivarium/core/plugin';
import { install } from '../install/install.ts';
import { choose } from '../manifest/choose.ts';
import { loadManifest } from '../manifest/load.ts';
import { buildName, type ManifestBuild } from '../manifest/manifest.ts';
import type { ManagedSettings } from '../options.ts';
import { type InstalledBuild, listBuilds, newest } from '../store/builds.ts';
import { createStore } from '../store/directory.ts';
import { linkName } from '../store/receipt.ts';
import { notInstalled } from './not-installed.ts';

/** What became of one minor version. */
export interface Upgraded {
  readonly from: InstalledBuild;
  /** Missing where it is the newest already. */
  readonly to?: InstalledBuild;
}

/**
 * Installs the newest patch release of each minor version that is installed and fits the spec. Its link, and with it the
 * environments that were created with it, moves after the new one was started. The old one stays until it is removed.
 *
 * @throws VivariumError `PYTHON_NOT_INSTALLED`, and what `install` throws
 */
export async function upgradeBuilds(
  spec: Spec | undefined,
  settings: ManagedSettings,
  context: Context,
): Promise<readonly Upgraded[]> {
  const manifest = await loadManifest(settings, context);
  const all = listBuilds(createStore(settings, context));
  const fitting = spec === undefined ? all : choose(all, spec);
  const series = new Map<string, InstalledBuild>();
  for (const build of fitting) if (!series.has(linkName(build))) series.set(linkName(build), build);
  if (series.size === 0) throw notInstalled(spec);
  const upgraded: Upgraded[] = [];
  for (const from of series.values()) {
    const build = newestOf(manifest.builds, from);
    if (build === undefined || buildName(build) === from.name || newest(build, from) >= 0) upgraded.push({ from });
    else upgraded.push({ from, to: (await install({ build, manifest, settings, context })).installed });
  }
  return upgraded;
}

function newestOf(builds: readonly ManifestBuild[], from: InstalledBuild): ManifestBuild | undefined {
  return builds.filter((build) => linkName(build) === linkName(from)).sort(newest)[0];
}
