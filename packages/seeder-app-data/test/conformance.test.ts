import seeder from '@vivarium/seeder-app-data';
import { testSeeder } from '@vivarium/testkit';
import { PYTHON } from './lab.ts';

testSeeder(seeder, { pythons: [PYTHON], arrange: () => ({ compileSeeds: 'never' }) });
