import creator from '@vivarium/creator-cpython-windows';
import { testRecorded } from '@vivarium/test-utils/recorded-interpreters';

testRecorded([creator]);
