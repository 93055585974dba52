import creator from '@vivarium/creator-graalpy';
import { furtherPythons, testBesideVenv } from '@vivarium/creator-lab';

const pythons = furtherPythons(/^graalpy/);

// GraalPy on a Java virtual machine, which is what can be had from registries, is not copied.
testBesideVenv({
  creator,
  pythons: pythons.length > 0 ? pythons : [{ name: 'GraalPy (npm run test:pythons)', executable: '', isMissing: true }],
  copies: false,
});
