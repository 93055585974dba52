import creator from '@vivarium/creator-cpython-posix';
import { SYSTEM_PYTHON, wantedPython } from '@vivarium/test-utils/pythons';
import { testCreator } from '@vivarium/testkit';

testCreator(creator, { pythons: [SYSTEM_PYTHON, wantedPython('3.8.18')].map((python) => python.executable) });
