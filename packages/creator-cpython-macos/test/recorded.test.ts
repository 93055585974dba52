import creator from '@vivarium/creator-cpython-macos';
import { testRecorded } from '@vivarium/creator-lab';

testRecorded([creator]);
