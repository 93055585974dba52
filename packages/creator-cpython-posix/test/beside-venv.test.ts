import creator from '@vivarium/creator-cpython-posix';
import { testBesideVenv } from '@vivarium/test-utils/compare-with-venv';
import { CPYTHONS } from '@vivarium/test-utils/pythons';

testBesideVenv({ creator, pythons: CPYTHONS });
