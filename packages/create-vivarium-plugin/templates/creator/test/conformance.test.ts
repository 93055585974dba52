import __IDENTIFIER__ from '__PACKAGE__';
import { testCreator } from '@vivarium/testkit';

// Executables of interpreters that it serves; without any, `python3` is taken.
testCreator(__IDENTIFIER__);
