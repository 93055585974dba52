import type { Context, Environment, Seeding, SeedingRequest } from '@vivarium/core/plugin';
import seeder from '@vivarium/seeder-app-data';

type SeederSettings = Parameters<typeof seeder.plan>[0]['settings'];

/** What the seeder chooses and plans by itself for an environment. */
export async function askSeeder(
  environment: Environment,
  settings: SeederSettings,
  context: Context,
  mode: SeedingRequest['mode'] = 'create',
): Promise<Seeding> {
  const { packages = [] } = (await seeder.seeds?.(environment, settings, context)) ?? {};
  const getWheels = async (wanted: typeof packages) => wanted.map(({ path = '' }) => path);
  return seeder.plan({ environment, packages, mode, settings, context, getWheels });
}
