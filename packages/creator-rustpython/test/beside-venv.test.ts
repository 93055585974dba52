import { furtherPythons, testBesideVenv } from '@vivarium/creator-lab';
import creator from '@vivarium/creator-rustpython';

const pythons = furtherPythons(/^rustpython/);

testBesideVenv({
  creator,
  pythons:
    pythons.length > 0 ? pythons : [{ name: 'RustPython (npm run test:pythons)', executable: '', isMissing: true }],
});
