// Written by scripts/reference.mjs from the `devDependencies` of the command.
import appData from '@vivarium/seeder-app-data';
import pip from '@vivarium/seeder-pip';

/** In the order in which they are asked and listed. */
export const seeders = {
  'app-data': appData,
  pip,
};
