import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCache } from '@vivarium/core';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { afterAll, describe, expect, test } from 'vitest';
import {
  contextWith,
  fill,
  fingerprint,
  type LabContext,
  pipList,
  run,
  type SeederSettings,
  seed,
  sitePackages,
  temporaryFolder,
} from './lab.ts';

const MODES = ['reflink', 'hardlink', 'copy', 'symlink'] as const;

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
          .filter((name) => !name.startsWith('_v') && !name.endsWith('.image'))
          .sort(),
      ).toEqual(['demo', 'demo-2.0.dist-info', 'mine.py', 'other', 'other-1.0.dist-info']);
      expect(readdirSync(site).filter((name) => name.endsWith('.image'))).toEqual([
        ...(second === 'symlink' ? ['demo-2.0.image'] : []),
        ...(first === 'symlink' ? ['other-1.0.image'] : []),
      ]);
      expect(lstatSync(join(site, 'demo')).isSymbolicLink()).toBe(second === 'symlink');
      const names = readdirSync(join(site, 'demo'), { recursive: true }).map(String);
      expect(names.filter((name) => !name.includes('__pycache__')).sort()).toEqual([
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
    // There is byte code if another test has had it compiled into the cache that they share.
    const names = readdirSync(join(sitePackages(destination), 'demo')).filter((name) => name !== '__pycache__');
    expect(names.sort()).toEqual(['__init__.py', 'inner', 'mine.txt']);
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

test('by hard link, an environment has nothing of its own but folders and what says where it is', async () => {
  const context = sharedRun();
  const destination = join(temporaryFolder(), 'env');
  await seed({ destination, settings: { linkMode: 'hardlink' }, context });
  // du counts a file once, however many names it has.
  const sizes = run('du', ['-k', '--summarize', context.cache.folder, destination]).split('\n');
  const folders = readdirSync(destination, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const own = Number(sizes[1]?.split('\t')[0]) - 4 * (folders.length + 1);
  expect(own).toBeLessThan(40);
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
