import creator from '@vivarium/creator-cpython2-posix';
import { testRecorded } from '@vivarium/creator-lab';

testRecorded([creator]);
