import creator from '@vivarium/creator-rustpython';
import { testVenvComparison } from '@vivarium/test-utils/compare-with-venv';
import { furtherPythons, missingPython } from '@vivarium/test-utils/pythons';

const found = furtherPythons(/^rustpython/);

testVenvComparison({
  creator,
  pythons: found.length > 0 ? found : [missingPython('RustPython', '`npm run test:pythons` finds it')],
});
