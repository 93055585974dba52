import { basename } from 'node:path';
import type { Context, Environment, PackageToInstall, Seeds } from '@vivarium/core/plugin';
import { requestSeeds, type SeedSettings, summarizeRequests } from './request.ts';
import { resolveWheels, type SeedWheel } from './resolve-wheels.ts';
import { triggerUpdates, updatable } from './update/trigger.ts';

/**
 * The `seeds` of a seeder with the options {@link seedOptions}: the wheels that the settings ask for, and what the report
 * says of them.
 *
 * @throws VivariumError what {@link requestSeeds} and {@link resolveWheels} throw
 */
export async function chooseSeeds(
  { interpreter }: Environment,
  settings: SeedSettings,
  context: Context,
): Promise<Seeds> {
  const requests = requestSeeds(interpreter, settings);
  const { extraSearchDir: extraDirectories = [], seedWheels, download } = settings;
  const wheels = await resolveWheels({ interpreter, extraDirectories, seedWheels, context, requests, download });
  if (settings.periodicUpdate) await triggerUpdates({ names: updatable(requests), interpreter, context });
  return {
    packages: wheels.map(asPackage),
    summary: [
      ...(extraDirectories.length > 0 ? [['extra_search_dir', extraDirectories] as const] : []),
      ['download', download],
      ...summarizeRequests(requests),
    ],
  };
}

/** A seed in the form in which seeders are told what to install. */
export function asPackage({ name, version, path, sha256, origin }: SeedWheel): PackageToInstall {
  return { name, version, wheel: basename(path), sha256, origin, path, isRequested: false };
}
