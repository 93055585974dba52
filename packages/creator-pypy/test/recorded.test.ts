import { testRecorded } from '@vivarium/creator-lab';
import pypyPosix, { pypyWindows } from '@vivarium/creator-pypy';

testRecorded([pypyPosix, pypyWindows]);
