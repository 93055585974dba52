import fish from '@vivarium/activator-fish';
import { testActivator } from '@vivarium/testkit';
import { shell } from './shell.ts';

testActivator(fish, shell);
