import { type Context, type Spec, VivariumError } from '@vivarium/core/plugin';
import { type Installed, install } from '../install/install.ts';
import { choose } from '../manifest/choose.ts';
import { loadManifest } from '../manifest/load.ts';
import type { ManagedSettings } from '../options.ts';

/** What is to be installed. */
export interface InstallSpecRequest {
  /** Missing: the newest release. */
  readonly spec: Spec | undefined;
  readonly settings: ManagedSettings;
  readonly context: Context;
}

/**
 * Installs the newest build that fits a spec.
 *
 * @throws VivariumError `PYTHON_BUILD_NOT_FOUND`, and what `install` throws
 */
export async function installSpec({ spec, settings, context }: InstallSpecRequest): Promise<Installed> {
  const manifest = await loadManifest(settings, context);
  const [build] = choose(manifest.builds, spec);
  if (build === undefined) throw noBuild(spec, manifest.date);
  return install({ build, manifest, settings, context });
}

function noBuild(spec: Spec | undefined, date: string): VivariumError {
  const what = spec === undefined ? 'no Python' : `no Python that fits \`${spec.text}\``;
  return new VivariumError('PYTHON_BUILD_NOT_FOUND', `The manifest of ${date} has ${what} for this machine`, {
    hint: '`vivarium pythons --available` lists what it has; --python-manifest names a newer one.',
  });
}
