import { testSeeder } from '@vivarium/testkit';
import previousSeeder from 'vivarium-seeder-previous';
import { writeWheel } from './write-wheel.ts';

testSeeder(previousSeeder, {
  arrange: ({ directory, python }) => ({ previousWheels: writeWheel(directory, python) }),
  packages: ['greeter'],
});
