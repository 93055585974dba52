import { testRecorded } from '@vivarium/creator-lab';
import rustpythonPosix, { rustpythonWindows } from '@vivarium/creator-rustpython';

testRecorded([rustpythonPosix, rustpythonWindows]);
