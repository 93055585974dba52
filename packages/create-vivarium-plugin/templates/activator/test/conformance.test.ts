import __IDENTIFIER__ from '__PACKAGE__';
import { testActivator } from '@vivarium/testkit';
import { shell } from './shell.ts';

testActivator(__IDENTIFIER__, shell);
