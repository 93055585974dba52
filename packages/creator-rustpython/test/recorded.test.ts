import rustpythonPosix, { rustpythonWindows } from '@vivarium/creator-rustpython';
import { testRecorded } from '@vivarium/test-utils/recorded-interpreters';

testRecorded([rustpythonPosix, rustpythonWindows]);
