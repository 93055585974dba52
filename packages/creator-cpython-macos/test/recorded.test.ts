import framework, { cpythonMacosBrew } from '@vivarium/creator-cpython-macos';
import { testRecorded } from '@vivarium/creator-lab';

testRecorded([framework, cpythonMacosBrew]);
