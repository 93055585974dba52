import { type InstalledBuild, removeBuilds, selectBuilds, usableStore } from '@vivarium/discoverer-standalone/managed';
import { usageError } from '../commands/positionals.ts';
import { envelope } from '../json/envelope.ts';
import { type Action, managedSettings } from './action.ts';
import { describeBuild } from './described.ts';
import { knownEnvironments } from './known-environments.ts';

/** `vivarium pythons remove SPEC...` */
export const remove: Action = async (specs, settings, context) => {
  if (specs.length === 0)
    throw usageError('Missing required argument SPEC', 'For example: vivarium pythons remove 3.12');
  const builds = new Map<string, InstalledBuild>();
  for (const spec of specs) {
    for (const build of selectBuilds(spec, managedSettings(settings), context)) builds.set(build.name, build);
  }
  const store = usableStore(managedSettings(settings), context) as string;
  const environments = await knownEnvironments(store);
  await removeBuilds({ store, builds: [...builds.values()], environments, force: settings.force, context });
  const rows = [...builds.values()].map(describeBuild);
  if (settings.json) return envelope('pythons', { action: 'remove', removed: rows });
  return rows.map(({ version, directory }) => `removed Python ${version}  ${directory}`).join('\n');
};
