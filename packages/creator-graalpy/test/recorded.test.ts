import graalpyPosix, { graalpyWindows } from '@vivarium/creator-graalpy';
import { testRecorded } from '@vivarium/test-utils/recorded-interpreters';

testRecorded([graalpyPosix, graalpyWindows]);
