import { readFileSync } from 'node:fs';
import { defineSeeder, type PackageToInstall, RECEIPT } from '@vivarium/core/host';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { plan } from './plan.ts';

const schema = JSON.parse(readFileSync(new URL('../../receipt.schema.json', import.meta.url), 'utf8'));

const seed: PackageToInstall = {
  name: 'pip',
  version: '26.3',
  wheel: 'pip-26.3-py3-none-any.whl',
  sha256: 'a'.repeat(64),
  origin: 'seed-wheels',
  path: '/wheels/pip-26.3-py3-none-any.whl',
  isRequested: false,
};
const locked: PackageToInstall = {
  name: 'six',
  version: '1.17.0',
  wheel: 'six-1.17.0-py2.py3-none-any.whl',
  sha256: 'b'.repeat(64),
  origin: 'https://index.invalid/six-1.17.0-py2.py3-none-any.whl',
  isRequested: true,
};

const seeder = defineSeeder({
  kind: 'seeder',
  name: 'plain',
  title: 'Plain',
  seeds: () => ({ packages: [seed], summary: [] }),
  plan: ({ packages }) => ({
    steps: [],
    packages: packages.map(({ name, version, wheel, sha256, origin }) => ({ name, version, wheel, sha256, origin })),
    summary: [],
  }),
});

test('an environment with the packages of a list says which, from where, and by which list', async () => {
  const source = { kind: 'pylock', file: '/app/pylock.toml', sha256: 'c'.repeat(64), extras: [], groups: ['dev'] };
  const python = {
    name: 'CPython',
    version: '3.12.16',
    build: '20261110',
    platform: 'x86_64-unknown-linux-gnu',
    sha256: 'd'.repeat(64),
    origin: 'https://mirror.invalid/cpython.tar.gz',
    license: 'PSF-2.0',
  };
  const { steps } = await plan({
    seeder,
    decidePackages: async () => ({ packages: [locked], source, python, getWheels: async () => [] }),
  });
  const step = steps.find((one) => one.kind === 'file' && one.path === RECEIPT);
  const receipt = JSON.parse((step as { contents: string }).contents);
  expect(receipt).toMatchObject({
    format: 1,
    createdBy: { name: 'vivarium', version: '1.2.3' },
    list: source,
    python,
    packages: [
      { name: 'pip', sha256: seed.sha256, origin: 'seed-wheels' },
      { name: 'six', version: '1.17.0', wheel: locked.wheel, sha256: locked.sha256, origin: locked.origin },
    ],
  });
  expect(JSON.stringify(receipt)).not.toContain('/wheels/');
  const validate = new Ajv2020().compile(schema);
  expect([validate(receipt), validate.errors]).toEqual([true, null]);
  expect(validate({ ...receipt, python: { ...python, license: undefined } })).toBe(false);
  expect(validate({ ...receipt, list: { ...source, sha256: 'none' } })).toBe(false);
});

test('one with its seeds alone has no receipt', async () => {
  const { steps } = await plan({ seeder });
  expect(steps.some((one) => 'path' in one && one.path === RECEIPT)).toBe(false);
});
