// Written by scripts/reference.mjs from the `devDependencies` of the command.
import cpythonMacosFramework, { cpythonMacosBrew } from '@vivarium/creator-cpython-macos';
import cpythonPosix from '@vivarium/creator-cpython-posix';
import cpythonWindows from '@vivarium/creator-cpython-windows';
import cpython2Posix from '@vivarium/creator-cpython2-posix';
import graalpyPosix, { graalpyWindows } from '@vivarium/creator-graalpy';
import pypyPosix, { pypyWindows } from '@vivarium/creator-pypy';
import rustpythonPosix, { rustpythonWindows } from '@vivarium/creator-rustpython';
import venv from '@vivarium/creator-venv';

/** In the order in which they are asked and listed. */
export const creators = {
  'cpython-macos-framework': cpythonMacosFramework,
  'cpython-macos-brew': cpythonMacosBrew,
  'cpython-posix': cpythonPosix,
  'cpython-windows': cpythonWindows,
  'cpython2-posix': cpython2Posix,
  'graalpy-posix': graalpyPosix,
  'graalpy-windows': graalpyWindows,
  'pypy-posix': pypyPosix,
  'pypy-windows': pypyWindows,
  'rustpython-posix': rustpythonPosix,
  'rustpython-windows': rustpythonWindows,
  venv,
};
