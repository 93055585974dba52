import graalpyPosix, { graalpyWindows } from '@vivarium/creator-graalpy';
import { testRecorded } from '@vivarium/creator-lab';

testRecorded([graalpyPosix, graalpyWindows]);
