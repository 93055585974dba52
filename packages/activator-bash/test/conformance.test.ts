import bash from '@vivarium/activator-bash';
import { testActivator } from '@vivarium/testkit';
import { shells } from './shells.ts';

for (const shell of shells) testActivator(bash, shell);
