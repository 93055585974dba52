import type { Context, Spec } from '@vivarium/core/plugin';
import { choose } from '../manifest/choose.ts';
import type { ManagedSettings } from '../options.ts';
import { type InstalledBuild, listBuilds } from '../store/builds.ts';
import { usableStore } from '../store/directory.ts';
import { notInstalled } from './not-installed.ts';

/**
 * The managed Pythons that a spec selects, newest first. The name of a build's directory selects exactly that one.
 *
 * @throws VivariumError `PYTHON_NOT_INSTALLED`
 */
export function selectBuilds(spec: Spec, settings: ManagedSettings, context: Context): readonly InstalledBuild[] {
  const store = usableStore(settings, context);
  const all = store === undefined ? [] : listBuilds(store);
  const named = all.filter(({ name }) => name === spec.text);
  const selected = named.length > 0 ? named : choose(all, spec);
  if (selected.length === 0) throw notInstalled(spec);
  return selected;
}
