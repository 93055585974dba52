import creator from '@vivarium/creator-cpython-posix';
import { testRecorded } from '@vivarium/creator-lab';

testRecorded([creator]);
