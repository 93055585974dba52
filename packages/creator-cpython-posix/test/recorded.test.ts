import creator from '@vivarium/creator-cpython-posix';
import { testRecorded } from '@vivarium/test-utils/recorded-interpreters';

testRecorded([creator]);
