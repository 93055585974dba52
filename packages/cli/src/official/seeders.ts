import appData from '@vivarium/seeder-app-data';
import pip from '@vivarium/seeder-pip';

export const seeders = { 'app-data': appData, pip };
