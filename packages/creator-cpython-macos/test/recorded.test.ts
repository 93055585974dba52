import framework, { cpythonMacosBrew } from '@vivarium/creator-cpython-macos';
import { testRecorded } from '@vivarium/test-utils/recorded-interpreters';

testRecorded([framework, cpythonMacosBrew]);
