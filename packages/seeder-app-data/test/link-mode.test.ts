import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCache } from '@vivarium/core';
import { makeWheel } from '@vivarium/wheel-lab';
import { afterAll, describe, expect, test } from 'vitest';
import {
  contextWith,
  fill,
  fingerprint,
  hasSeedWheels,
  type LabContext,
  newRun,
  otherPip,
  PYTHONS,
  pipList,
  run,
  type SeederSettings,
  seed,
  sitePackages,
  temporaryFolder,
} from './lab.ts';

const MODES = ['reflink', 'hardlink', 'copy', 'symlink'] as const;

// Where files or folders are shared, with a current Python and with the oldest: pip has changed much between them.
const cases = PYTHONS.flatMap((python) => {
  const [, minor = ''] = /\/(\d\.\d+)\.\d+\//.exec(python) ?? [];
  if (minor === '3.12') return (['hardlink', 'symlink'] as const).map((linkMode) => ({ python, linkMode }));
  // The pip that Python 2.7 brings can't take links away, the one that is locked can.
  return minor === '2.7' && hasSeedWheels ? [{ python, linkMode: 'symlink' as const }] : [];
});

test.each(cases)(
  'with $python, pip in an environment by $linkMode changes neither the cache nor another environment',
  { timeout: 120_000 },
  async ({ python, linkMode }) => {
    const folder = temporaryFolder();
    const context = newRun();
    const settings: Partial<SeederSettings> = { linkMode, compileSeeds: linkMode === 'symlink' ? 'now' : 'never' };
    const [one, two] = [join(folder, 'one'), join(folder, 'two')];
    const { plan, applied } = await seed({ python, destination: one, settings, context });
    await seed({ python, destination: two, settings, context });
    expect(applied.linkModes).toEqual([linkMode]);
    const before = fingerprint(context.cache.folder);
    const inode = statSync(join(sitePackages(two), 'pip/__init__.py')).ino;

    const seeds = plan.seeder?.packages.map(({ name, version }) => `${name}==${version}`) ?? [];
    const interpreter = join(one, 'bin/python');
    const current = plan.seeder?.packages.find(({ name }) => name === 'pip')?.version ?? '';
    const { folders, version: other } = await otherPip(python, current);
    const places = folders.flatMap((place) => ['--find-links', place]);
    run(interpreter, ['-m', 'pip', 'install', '--no-compile', ...places, '--force-reinstall', `pip==${other}`]);
    expect(pipList(one)).toContain(`pip==${other}`);
    expect(readdirSync(sitePackages(one)).filter((name) => /^pip-.*-info$/.test(name))).toEqual([
      `pip-${other}.dist-info`,
    ]);
    // What pip has put in is its own: a folder with files, whatever stood there.
    expect(lstatSync(join(sitePackages(one), 'pip')).isDirectory()).toBe(true);
    run(interpreter, ['-m', 'pip', 'uninstall', '--yes', 'pip', ...seeds.map((text) => text.split('==')[0] ?? '')]);
    expect(readdirSync(sitePackages(one)).filter((name) => /^(pip|setuptools|wheel|pkg_resources)/.test(name))).toEqual(
      [],
    );

    const after = fingerprint(context.cache.folder);
    for (const [path, hash] of before) expect(after.get(path), path).toBe(hash);
    expect(statSync(join(sitePackages(two), 'pip/__init__.py')).ino).toBe(inode);
    expect(pipList(two)).toEqual(seeds);
  },
);

describe('an environment that stands already', () => {
  test.each(MODES.flatMap((first) => MODES.map((second) => [first, second] as const)))(
    'by %s gets another version by %s, and nothing of the old one stays',
    async (first, second) => {
      const folder = temporaryFolder();
      const context = sharedRun();
      const destination = join(folder, 'env');
      const extraSearchDir = [demoWheels()];
      const settingsFor = (linkMode: (typeof MODES)[number], version: string): Partial<SeederSettings> => {
        return { extraSearchDir, linkMode, noPip: true, seedPackage: [`demo==${version}`] };
      };
      const settings = settingsFor(first, '1.0');
      const seedPackage = ['demo==1.0', 'other'];
      await seed({ destination, settings: { ...settings, seedPackage }, context });
      const site = sitePackages(destination);
      writeFileSync(join(site, 'mine.py'), 'x = 1\n');
      const before = fingerprint(context.cache.folder);

      const { plan } = await seed({ destination, settings: settingsFor(second, '2.0'), context });
      expect(plan.mode).toBe('refresh');
      // What was not asked for this time is left as it is.
      expect(
        readdirSync(site)
          .filter((name) => !name.startsWith('_v'))
          .sort(),
      ).toEqual(['demo', 'demo-2.0.dist-info', 'mine.py', 'other', 'other-1.0.dist-info']);
      expect(lstatSync(join(site, 'demo')).isSymbolicLink()).toBe(second === 'symlink');
      expect(readdirSync(join(site, 'demo'), { recursive: true }).sort()).toEqual([
        '__init__.py',
        'inner',
        'inner/new.py',
      ]);
      for (const [path, hash] of before) expect(fingerprint(context.cache.folder).get(path), path).toBe(hash);
    },
  );

  test('keeps what a user has put into the folder of a seed', async () => {
    const destination = join(temporaryFolder(), 'env');
    const context = sharedRun();
    const off = { noPip: true, extraSearchDir: [demoWheels()] };
    await seed({ destination, settings: { ...off, seedPackage: ['demo==1.0'] }, context });
    const mine = join(sitePackages(destination), 'demo/mine.txt');
    writeFileSync(mine, 'mine');
    await seed({ destination, settings: { ...off, seedPackage: ['demo==2.0'] }, context });
    expect(readFileSync(mine, 'utf8')).toBe('mine');
    expect(readdirSync(join(sitePackages(destination), 'demo')).sort()).toEqual(['__init__.py', 'inner', 'mine.txt']);
  });

  test('loses nothing when the same is put in again', async () => {
    const destination = join(temporaryFolder(), 'env');
    const context = sharedRun();
    await seed({ destination, context });
    const before = fingerprint(destination);
    await seed({ destination, context });
    expect(fingerprint(destination)).toEqual(before);
  });
});

test('nothing is linked by name into a cache that goes away with the run', async () => {
  const folder = temporaryFolder();
  const context = contextWith(openCache({ folder: join(folder, 'cache'), isReadOnly: true }));
  const destination = join(folder, 'env');
  await seed({ destination, settings: { linkMode: 'symlink' }, context });
  context.cache.close();
  expect(context.notices).toEqual([
    'seed packages are not linked by name, because the cache they lie in is a temporary one',
  ]);
  expect(pipList(destination)).toEqual([expect.stringMatching(/^pip==/)]);
});

test('a pip that can not replace links is not linked by name', async () => {
  const context = sharedRun();
  const wheel = makeWheel({ name: 'pip', version: '19.2' });
  const extraSearchDir = [fill(temporaryFolder(), [wheel])];
  const destination = join(temporaryFolder(), 'env');
  await seed({ destination, settings: { linkMode: 'symlink', pip: '19.2', extraSearchDir }, context });
  expect(lstatSync(join(sitePackages(destination), 'pip')).isSymbolicLink()).toBe(false);
  expect(context.notices.join()).toMatch(/because pip 19.2 can't replace them/);
});

test('an environment by link takes up less than 100 KB of its own', async () => {
  const folder = temporaryFolder();
  const context = newRun();
  const settings: Partial<SeederSettings> = { linkMode: 'symlink', compileSeeds: 'now' };
  for (let index = 0; index < 10; index += 1)
    await seed({ destination: join(folder, `env-${index}`), settings, context });
  const kilobytes = Number(run('du', ['-sk', folder]).split('\t')[0]) / 10;
  expect(kilobytes).toBeLessThan(100);
});

function demoWheels(): string {
  const [init, old, fresh] = ['demo/__init__.py', 'demo/deep/old.py', 'demo/inner/new.py'].map((name) => ({
    name,
    contents: '',
  }));
  return fill(temporaryFolder(), [
    makeWheel({ name: 'demo', version: '1.0', files: [init, old].filter((file) => file !== undefined) }),
    makeWheel({ name: 'demo', version: '2.0', files: [init, fresh].filter((file) => file !== undefined) }),
    makeWheel({ name: 'other', version: '1.0' }),
  ]);
}

const sharedFolder = mkdtempSync(join(tmpdir(), 'seeder-app-data-'));
afterAll(() => rmSync(sharedFolder, { recursive: true, force: true }));

/** A run on the one cache of the tests that only add to it. */
function sharedRun(): LabContext {
  return contextWith(openCache({ folder: join(sharedFolder, 'cache') }));
}
