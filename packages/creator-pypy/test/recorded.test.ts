import pypyPosix, { pypyWindows } from '@vivarium/creator-pypy';
import { testRecorded } from '@vivarium/test-utils/recorded-interpreters';

testRecorded([pypyPosix, pypyWindows]);
