import { testActivator } from '@vivarium/testkit';
import elvishActivator from 'vivarium-activator-elvish';
import { shell } from './shell.ts';

testActivator(elvishActivator, shell);
