import { cpythonMacosBrew, default as cpythonMacosFramework } from '@vivarium/creator-cpython-macos';
import cpythonPosix from '@vivarium/creator-cpython-posix';
import cpythonWindows from '@vivarium/creator-cpython-windows';
import cpython2Posix from '@vivarium/creator-cpython2-posix';
import { default as graalpyPosix, graalpyWindows } from '@vivarium/creator-graalpy';
import { default as pypyPosix, pypyWindows } from '@vivarium/creator-pypy';
import { default as rustpythonPosix, rustpythonWindows } from '@vivarium/creator-rustpython';
import venv from '@vivarium/creator-venv';

/** In the order in which they are asked. The one that hands the work to the interpreter itself is the last resort. */
export const creators = {
  'cpython-posix': cpythonPosix,
  'cpython-macos-framework': cpythonMacosFramework,
  'cpython-macos-brew': cpythonMacosBrew,
  'cpython-windows': cpythonWindows,
  'cpython2-posix': cpython2Posix,
  'pypy-posix': pypyPosix,
  'pypy-windows': pypyWindows,
  'graalpy-posix': graalpyPosix,
  'graalpy-windows': graalpyWindows,
  'rustpython-posix': rustpythonPosix,
  'rustpython-windows': rustpythonWindows,
  venv,
};
