import { type Upgraded, upgradeBuilds } from '@vivarium/discoverer-standalone/managed';
import { envelope } from '../json/envelope.ts';
import { type Action, managedSettings } from './action.ts';
import { describeBuild } from './described.ts';

/** `vivarium pythons upgrade [SPEC...]` */
export const upgrade: Action = async (specs, settings, context) => {
  const upgraded = new Map<string, Upgraded>();
  for (const spec of specs.length === 0 ? [undefined] : specs) {
    for (const each of await upgradeBuilds(spec, managedSettings(settings), context))
      upgraded.set(each.from.name, each);
  }
  const all = [...upgraded.values()];
  if (settings.json) {
    const rows = all.map(({ from, to }) => ({
      from: describeBuild(from),
      to: to === undefined ? null : describeBuild(to),
    }));
    return envelope('pythons', { action: 'upgrade', upgraded: rows });
  }
  return all.map(lineOf).join('\n');
};

function lineOf({ from, to }: Upgraded): string {
  if (to === undefined) return `Python ${from.version} (${from.build}) is the newest of its minor version`;
  return `Python ${from.version} (${from.build}) -> ${to.version} (${to.build}); environments that were created with ${from.version} use it now`;
}
