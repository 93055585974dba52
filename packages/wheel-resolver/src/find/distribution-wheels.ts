import type { Interpreter } from '@vivarium/core/plugin';

// Where Debian, Fedora and their derivatives keep the wheels that they took out of ensurepip (`WHEEL_PKG_DIR` in
// Python's own configuration; Debian Python Policy, "python-wheels").
const DIRECTORY = '/usr/share/python-wheels';

/**
 * The directory of a Linux distribution's wheels, for the distribution's own Pythons alone: those wheels are patched to
 * fit them. The setuptools of Debian, for example, calls an option of `distutils` that only Debian's Pythons have.
 * `undefined` for any other Python: from pyenv, a Docker image, a build of the user's own below `/usr/local`.
 */
export function distributionWheels({ platform, basePrefix }: Interpreter): string | undefined {
  // Older packages of PyPy have a prefix of their own.
  const isOfDistribution = basePrefix === '/usr' || /^\/usr\/lib(32|64)?\/pypy\d*$/.test(basePrefix);
  return platform === 'linux' && isOfDistribution ? DIRECTORY : undefined;
}
