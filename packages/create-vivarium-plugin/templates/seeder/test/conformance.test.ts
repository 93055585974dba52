import { testSeeder } from '@vivarium/testkit';
import __IDENTIFIER__ from '__PACKAGE__';
import { writeWheel } from './write-wheel.ts';

testSeeder(__IDENTIFIER__, {
  arrange: ({ directory, python }) => ({ __OPTION__Wheels: writeWheel(directory, python) }),
  packages: ['greeter'],
});
