import type { Context, Spec } from '@vivarium/core/plugin';
import { choose } from '../manifest/choose.ts';
import { loadManifest } from '../manifest/load.ts';
import type { ManagedSettings } from '../options.ts';

/**
 * What could be fetched for a spec, if the user allowed it; where it is allowed, that there is nothing to fetch.
 */
export async function fetchingHint(
  spec: Spec | undefined,
  settings: ManagedSettings,
  context: Context,
): Promise<string | undefined> {
  if (spec?.kind === 'path') return undefined;
  const isAllowed = settings.downloadPython !== 'never';
  // An address would have to be asked, and the user has allowed nothing of the kind.
  if (!isAllowed && /^https?:/i.test(settings.pythonManifest ?? '')) return undefined;
  const { builds, date } = await loadManifest(settings, context);
  const [build] = choose(builds, spec);
  if (isAllowed) {
    const what = spec === undefined ? '' : ` that fits \`${spec.text}\``;
    return build === undefined
      ? `The list of ${date} has no Python${what} to fetch: \`vivarium pythons --available\` shows what it has.`
      : undefined;
  }
  if (build === undefined) return undefined;
  const name = `CPython ${build.version}${build.freeThreaded ? 't' : ''}`;
  return `${name} can be fetched: add --download-python missing, or set VIVARIUM_DOWNLOAD_PYTHON=missing.`;
}
