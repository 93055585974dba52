import creator from '@vivarium/creator-cpython2-posix';
import { testRecorded } from '@vivarium/test-utils/recorded-interpreters';

testRecorded([creator]);
