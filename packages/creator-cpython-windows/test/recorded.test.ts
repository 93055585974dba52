import creator from '@vivarium/creator-cpython-windows';
import { testRecorded } from '@vivarium/creator-lab';

testRecorded([creator]);
