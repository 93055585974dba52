import creator from '@vivarium/creator-cpython-posix';
import { pyenvPython, SYSTEM_PYTHON } from '@vivarium/creator-lab';
import { testCreator } from '@vivarium/testkit';

testCreator(creator, { pythons: [SYSTEM_PYTHON, pyenvPython('3.8.18')].map((python) => python.executable) });
