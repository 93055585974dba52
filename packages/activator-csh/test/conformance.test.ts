import csh from '@vivarium/activator-csh';
import { testActivator } from '@vivarium/testkit';
import { shells } from './shells.ts';

for (const shell of shells) testActivator(csh, shell);
