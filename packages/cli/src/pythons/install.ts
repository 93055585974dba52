import { installSpec } from '@vivarium/discoverer-standalone/managed';
import { usageError } from '../commands/positionals.ts';
import { envelope } from '../json/envelope.ts';
import { type Action, managedSettings } from './action.ts';
import { describeBuild } from './described.ts';

/** `vivarium pythons install SPEC...` */
export const install: Action = async (specs, settings, context) => {
  if (specs.length === 0)
    throw usageError('Missing required argument SPEC', 'For example: vivarium pythons install 3.12');
  const path = specs.find(({ kind }) => kind === 'path');
  if (path !== undefined) throw usageError(`\`${path.text}\` is no version, and only a version can be installed`);
  const done: Awaited<ReturnType<typeof installSpec>>[] = [];
  for (const spec of specs) done.push(await installSpec({ spec, settings: managedSettings(settings), context }));
  const rows = done.map(({ installed, isNew }) => ({ ...describeBuild(installed), isNew }));
  if (settings.json) return envelope('pythons', { action: 'install', installed: rows });
  return rows
    .map(
      ({ version, isNew, executable }) => `${isNew ? 'installed' : 'already there:'} Python ${version}  ${executable}`,
    )
    .join('\n');
};
