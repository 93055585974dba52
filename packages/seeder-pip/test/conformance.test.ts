import seeder from '@vivarium/seeder-pip';
import { testSeeder } from '@vivarium/testkit';

testSeeder(seeder);
