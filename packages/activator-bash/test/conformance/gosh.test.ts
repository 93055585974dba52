import bash from '@vivarium/activator-bash';
import { testActivator } from '@vivarium/testkit';
import { shells } from '../shells.ts';

testActivator(bash, shells.gosh);
