import creator from '@vivarium/creator-graalpy';
import { furtherPythons, probe, testBesideVenv } from '@vivarium/creator-lab';
import { expect, test } from 'vitest';

const found = furtherPythons(/^graalpy/);
const pythons =
  found.length > 0 ? found : [{ name: 'GraalPy (npm run test:pythons)', executable: '', isMissing: true }];

// GraalPy on a Java virtual machine, which is what can be had from registries, is not copied.
testBesideVenv({ creator, pythons, copies: false });

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
