import creator from '@vivarium/creator-cpython-posix';
import { testCreator } from '@vivarium/testkit';
import { pyenvPython } from './pythons.ts';

testCreator(creator, { pythons: ['/usr/bin/python3', pyenvPython('3.8.18')] });
