import appData from '@vivarium/seeder-app-data';

export const seeders = { 'app-data': appData };
