import { testActivator } from '@vivarium/testkit';
import previousActivator from 'vivarium-activator-previous';
import { shell } from './shell.ts';

testActivator(previousActivator, shell);
