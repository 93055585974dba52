import { testEveryPython } from './every-python.ts';

testEveryPython('symlink');
