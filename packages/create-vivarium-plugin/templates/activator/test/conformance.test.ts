import { testActivator } from '@vivarium/testkit';
import __IDENTIFIER__ from '__PACKAGE__';
import { shell } from './shell.ts';

testActivator(__IDENTIFIER__, shell);
