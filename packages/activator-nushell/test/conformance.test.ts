import activator from '@vivarium/activator-nushell';
import { testActivator } from '@vivarium/testkit';
import { nushell } from './shell.ts';

testActivator(activator, nushell);
