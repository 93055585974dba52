import { furtherPythons, SYSTEM_PYPY, testBesideVenv } from '@vivarium/creator-lab';
import creator from '@vivarium/creator-pypy';

// With copies, the venv of a distribution's PyPy takes all of /usr/lib along: its links are what there is to compare with.
testBesideVenv({ creator, pythons: [SYSTEM_PYPY, ...furtherPythons(/^pypy/)], venvCopies: false });
