import cpythonPosix from '@vivarium/creator-cpython-posix';
import cpython2Posix from '@vivarium/creator-cpython2-posix';
import { pypyPosix, pypyWindows } from '@vivarium/creator-pypy';

/** In the order in which they are asked: those that serve the most interpreters first. */
export const creators = {
  'cpython-posix': cpythonPosix,
  'cpython2-posix': cpython2Posix,
  'pypy-posix': pypyPosix,
  'pypy-windows': pypyWindows,
};
