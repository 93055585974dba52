import creator from '@vivarium/creator-cpython-posix';
import { CPYTHONS, testBesideVenv } from '@vivarium/creator-lab';

testBesideVenv({ creator, pythons: CPYTHONS });
