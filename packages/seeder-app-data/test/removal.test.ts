import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { expect, test } from 'vitest';
import { fill, newRun, run, type SeederSettings, seed, sitePackages, temporaryDirectory } from './lab.ts';

const old = makeWheel({
  name: 'demo',
  version: '1.0',
  entryPoints: '[console_scripts]\nold-demo = demo:main\n',
  files: [
    { name: 'demo/__init__.py', contents: '' },
    { name: 'demo/deep/er/old.py', contents: '' },
    { name: 'single.py', contents: '' },
    { name: 'demo-1.0.data/data/share/demo/old.txt', contents: '' },
  ],
});
const fresh = makeWheel({ name: 'demo', version: '2.0' });

/** An environment with the old version, and what puts the new one in. */
async function environment() {
  const directory = temporaryDirectory();
  const destination = join(directory, 'env');
  const context = newRun();
  const extraSearchDir = [fill(temporaryDirectory(), [old, fresh])];
  const off: Partial<SeederSettings> = { noPip: true, noSetuptools: true, noWheel: true, extraSearchDir };
  const put = (version: string) =>
    seed({ destination, settings: { ...off, seedPackage: [`demo==${version}`] }, context });
  await put('1.0');
  return { directory, destination, site: sitePackages(destination), renew: () => put('2.0') };
}

test('all of the old version goes: files, directories, byte code, commands, data', async () => {
  const { destination, site, renew } = await environment();
  run(join(destination, 'bin/python'), ['-m', 'compileall', '-q', site]);
  await renew();
  expect(
    readdirSync(site)
      .filter((name) => /^(demo|single)/.test(name))
      .sort(),
  ).toEqual(['demo', 'demo-2.0.dist-info']);
  expect(readdirSync(join(site, 'demo'))).toEqual(['__init__.py']);
  expect(existsSync(join(destination, 'bin/old-demo'))).toBe(false);
  expect(existsSync(join(destination, 'share/demo/old.txt'))).toBe(false);
});

test('what a RECORD has no business with stays', async () => {
  const { directory, destination, site, renew } = await environment();
  writeFileSync(join(directory, 'outside.txt'), 'mine');
  const record = join(site, 'demo-1.0.dist-info/RECORD');
  const lines = [
    '../../../pyvenv.cfg',
    '../../../bin/python',
    '../../../bin/PYTHON3',
    '../../../../outside.txt',
    '/etc/hostname',
    '../../..',
  ];
  writeFileSync(record, `${readFileSync(record, 'utf8')}${lines.map((path) => `${path},,\n`).join('')}`);
  const { plan } = await renew();
  const removed = plan.steps.flatMap((step) => (step.kind === 'remove' ? [step.path] : []));
  expect(
    removed.filter((path) =>
      /pyvenv|python3?$|outside|hostname|^\.|^\//i.test(path.replace(/^lib\/python[\d.]+\//, '')),
    ),
  ).toEqual([]);
  expect(readFileSync(join(directory, 'outside.txt'), 'utf8')).toBe('mine');
  expect(run(join(destination, 'bin/python'), ['-c', 'import demo; print(demo.VERSION)'])).toBe('2.0\n');
});

test('what a user has put next to it stays, compiled or not', async () => {
  const { site, renew } = await environment();
  const mine = ['demo/mine.txt', 'demo/mine.pyc', 'demo/__pycache__/mine.cpython-312.pyc', 'demo/deep/mine.py'];
  mkdirSync(join(site, 'demo/__pycache__'), { recursive: true });
  for (const name of [...mine, 'demo/__pycache__/__init__.cpython-312.pyc']) writeFileSync(join(site, name), 'mine');
  await renew();
  for (const name of mine) expect(readFileSync(join(site, name), 'utf8'), name).toBe('mine');
  expect(existsSync(join(site, 'demo/__pycache__/__init__.cpython-312.pyc'))).toBe(false);
  expect(existsSync(join(site, 'demo/deep/er'))).toBe(false);
});

test('a link in the place of a directory goes, and what it leads to stays', async () => {
  const { directory, site, renew } = await environment();
  const elsewhere = join(directory, 'checkout');
  renameSync(join(site, 'demo'), elsewhere);
  symlinkSync(elsewhere, join(site, 'demo'));
  await renew();
  expect(readdirSync(elsewhere).sort()).toEqual(['__init__.py', 'deep']);
  expect(readdirSync(join(site, 'demo'))).toEqual(['__init__.py']);
});

test('a link further in stays with all that it leads to', async () => {
  const { directory, site, renew } = await environment();
  const elsewhere = join(directory, 'checkout');
  renameSync(join(site, 'demo/deep'), elsewhere);
  symlinkSync(elsewhere, join(site, 'demo/deep'));
  await renew();
  expect(existsSync(join(elsewhere, 'er/old.py'))).toBe(true);
});

test('a distribution without a RECORD leaves its metadata and no more', async () => {
  const { site, renew } = await environment();
  const info = join(site, 'Demo-0.9.dist-info');
  mkdirSync(info);
  writeFileSync(join(info, 'METADATA'), 'Name: Demo\nVersion: 0.9\n');
  await renew();
  expect(readdirSync(site).filter((name) => /^demo-/i.test(name))).toEqual(['demo-2.0.dist-info']);
});
