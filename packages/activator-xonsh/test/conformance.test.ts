import activator from '@vivarium/activator-xonsh';
import { testActivator } from '@vivarium/testkit';
import { xonsh } from './shell.ts';

testActivator(activator, xonsh);
