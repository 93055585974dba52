import creator from '@vivarium/creator-graalpy';
import { testVenvComparison } from '@vivarium/test-utils/compare-with-venv';
import { probe } from '@vivarium/test-utils/create-environment';
import { furtherPythons, missingPython } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';

const found = furtherPythons(/^graalpy/);
const pythons = found.length > 0 ? found : [missingPython('GraalPy', '`npm run test:pythons` installs it')];

// GraalPy on a Java virtual machine, which is what can be had from registries, is not copied.
testVenvComparison({ creator, pythons, copies: false });

// Of itself it says that it is an alpha, with integers of 32 bits.
test.each(pythons.filter(({ isMissing }) => !isMissing))(
  '$name is known for a release of 64 bits',
  async ({ executable }) => {
    expect(await probe(executable)).toMatchObject({
      implementation: 'GraalPy',
      version: { releaseLevel: 'final', serial: 0 },
      bits: 64,
    });
  },
);
