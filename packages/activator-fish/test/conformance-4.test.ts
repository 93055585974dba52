import fish from '@vivarium/activator-fish';
import { testActivator } from '@vivarium/testkit';
import { fish4 } from './shell.ts';

testActivator(fish, fish4);
