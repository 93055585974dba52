import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatPylock } from '@vivarium/pylock';
import { wantedPython } from '@vivarium/test-utils/pythons';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pylock } from './arbitraries.ts';

const WHEELS = fileURLToPath(new URL('../../seed-wheels/wheels/', import.meta.url));
const wheel = readdirSync(WHEELS).find((name) => name.startsWith('packaging-'));
const python = ['3.13', '3.12', '3.11'].map(wantedPython).find(({ isMissing }) => !isMissing);

const SCRIPT = `
import json, sys, tomllib
sys.path.insert(0, sys.argv[1])
from packaging.pylock import Pylock
def read(text):
    try:
        lock = Pylock.from_dict(tomllib.loads(text))
    except Exception as error:
        return repr(error)
    return [[package.name, str(package.version), len(package.wheels or ())] for package in lock.packages]
json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
`;

test.skipIf(python === undefined)('PyPI reads what was written (needs Python 3.11 or later for its tomllib)', () => {
  const locks = fc.sample(pylock, process.env.VIVARIUM_FUZZ === 'true' ? 150 : { numRuns: 150, seed: 1 });
  const answers = execFileSync(python?.executable ?? '', ['-I', '-c', SCRIPT, `${WHEELS}${wheel}`], {
    input: JSON.stringify(locks.map(formatPylock)),
    encoding: 'utf8',
  });
  const expected = locks.map(({ packages }) =>
    packages.map(({ name, version, source }) => [name, version, source.kind === 'files' ? source.wheels.length : 0]),
  );
  expect(JSON.parse(answers)).toEqual(expected);
});
