import type { Context, Spec } from '@vivarium/core/plugin';
import { choose } from '../manifest/choose.ts';
import { loadManifest } from '../manifest/load.ts';
import type { ManagedSettings } from '../options.ts';

/** What could be fetched for a spec, if the user allowed it; nothing where the manifest has no such Python. */
export async function fetchingHint(
  spec: Spec | undefined,
  settings: ManagedSettings,
  context: Context,
): Promise<string | undefined> {
  // An address would have to be asked, and the user has allowed nothing of the kind.
  if (/^https?:/i.test(settings.pythonManifest ?? '')) return undefined;
  const [build] = choose((await loadManifest(settings, context)).builds, spec);
  if (build === undefined) return undefined;
  const name = `CPython ${build.version}${build.freeThreaded ? 't' : ''}`;
  return `${name} can be fetched: add --download-python missing, or set VIVARIUM_DOWNLOAD_PYTHON=missing.`;
}
