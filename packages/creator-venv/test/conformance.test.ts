import creator from '@vivarium/creator-venv';
import { testCreator } from '@vivarium/testkit';

testCreator(creator, { pythons: [process.env.VIVARIUM_TEST_PYTHON ?? 'python3'] });
