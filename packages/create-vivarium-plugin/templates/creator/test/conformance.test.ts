import { testCreator } from '@vivarium/testkit';
import __IDENTIFIER__ from '__PACKAGE__';

// Executables of interpreters that it serves; without any, `python3` is taken.
testCreator(__IDENTIFIER__);
