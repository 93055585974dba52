import creator from '@vivarium/creator-pypy';
import { testVenvComparison } from '@vivarium/test-utils/compare-with-venv';
import { furtherPythons, SYSTEM_PYPY } from '@vivarium/test-utils/pythons';

// With copies, the venv of a distribution's PyPy takes all of /usr/lib along: its links are what there is to compare
// with.
testVenvComparison({ creator, pythons: [SYSTEM_PYPY, ...furtherPythons(/^pypy/)], venvCopies: false });
