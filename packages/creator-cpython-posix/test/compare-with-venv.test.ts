import creator from '@vivarium/creator-cpython-posix';
import { testVenvComparison } from '@vivarium/test-utils/compare-with-venv';
import { CPYTHONS } from '@vivarium/test-utils/pythons';

testVenvComparison({ creator, pythons: CPYTHONS });
