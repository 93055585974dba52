import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCache } from '@vivarium/core/host';
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
  temporaryDirectory,
} from './lab.ts';

const MODES = ['reflink', 'hardlink', 'copy', 'symlink'] as const;

describe('an environment that stands already', () => {
  test.each(MODES.flatMap((first) => MODES.map((second) => [first, second] as const)))(
    'by %s gets another version by %s, and nothing of the old one stays',
    async (first, second) => {
      const directory = temporaryDirectory();
      const context = sharedRun();
      const destination = join(directory, 'env');
      const extraSearchDir = [demoWheels()];
      const settingsFor = (linkMode: (typeof MODES)[number], version: string): Partial<SeederSettings> => {
        return { extraSearchDir, linkMode, noPip: true, seedPackage: [`demo==${version}`] };
      };
      const settings = settingsFor(first, '1.0');
      const seedPackage = ['demo==1.0', 'other'];
      await seed({ destination, settings: { ...settings, seedPackage }, context });
      const site = sitePackages(destination);
      writeFileSync(join(site, 'mine.py'), 'x = 1\n');
      const before = fingerprint(context.cache.directory);

      const { plan } = await seed({ destination, settings: settingsFor(second, '2.0'), context });
      expect(plan.mode).toBe('refresh');
      // What was not asked for this time is left as it is.
      expect(
        readdirSync(site)
          .filter((name) => !name.startsWith('_v') && !name.includes('.image'))
          .sort(),
      ).toEqual(['demo', 'demo-2.0.dist-info', 'mine.py', 'other', 'other-1.0.dist-info']);
      expect(readdirSync(site).filter((name) => name.includes('.image'))).toEqual([
        ...(second === 'symlink' ? ['demo-2.0.image', 'demo-2.0.image.txt'] : []),
        ...(first === 'symlink' ? ['other-1.0.image', 'other-1.0.image.txt'] : []),
      ]);
      expect(lstatSync(join(site, 'demo')).isSymbolicLink()).toBe(second === 'symlink');
      const names = readdirSync(join(site, 'demo'), { recursive: true }).map(String);
      expect(names.filter((name) => !name.includes('__pycache__')).sort()).toEqual([
        '__init__.py',
        'inner',
        'inner/new.py',
      ]);
      for (const [path, hash] of before) expect(fingerprint(context.cache.directory).get(path), path).toBe(hash);
    },
  );

  test('keeps what a user has put into the directory of a seed', async () => {
    const destination = join(temporaryDirectory(), 'env');
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
    const destination = join(temporaryDirectory(), 'env');
    const context = sharedRun();
    await seed({ destination, context });
    const before = fingerprint(destination);
    await seed({ destination, context });
    expect(fingerprint(destination)).toEqual(before);
  });
});

test('nothing is linked by name into a cache that goes away with the run', async () => {
  const directory = temporaryDirectory();
  const context = contextWith(openCache({ directory: join(directory, 'cache'), isReadOnly: true }));
  const destination = join(directory, 'env');
  await seed({ destination, settings: { linkMode: 'symlink' }, context });
  context.cache.close();
  expect(context.warnings).toEqual([
    'seed packages are not linked by name, because the cache that they are in is a temporary one',
  ]);
  expect(pipList(destination)).toEqual([expect.stringMatching(/^pip==/)]);
});

test('a pip that can not replace links is not linked by name', async () => {
  const context = sharedRun();
  const wheel = makeWheel({ name: 'pip', version: '19.2' });
  const extraSearchDir = [fill(temporaryDirectory(), [wheel])];
  const destination = join(temporaryDirectory(), 'env');
  await seed({ destination, settings: { linkMode: 'symlink', pip: '19.2', extraSearchDir }, context });
  expect(lstatSync(join(sitePackages(destination), 'pip')).isSymbolicLink()).toBe(false);
  expect(context.warnings.join()).toMatch(/because pip 19.2 can't replace them/);
});

test('by hard link, an environment has nothing of its own but directories and what says where it is', async () => {
  const context = sharedRun();
  const destination = join(temporaryDirectory(), 'env');
  await seed({ destination, settings: { linkMode: 'hardlink' }, context });
  // du counts a file once, however many names it has.
  const sizes = run('du', ['-k', '--summarize', context.cache.directory, destination]).split('\n');
  const directories = readdirSync(destination, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const own = Number(sizes[1]?.split('\t')[0]) - 4 * (directories.length + 1);
  expect(own).toBeLessThan(40);
});

function demoWheels(): string {
  const [init, old, fresh] = ['demo/__init__.py', 'demo/deep/old.py', 'demo/inner/new.py'].map((name) => ({
    name,
    contents: '',
  }));
  return fill(temporaryDirectory(), [
    makeWheel({ name: 'demo', version: '1.0', files: [init, old].filter((file) => file !== undefined) }),
    makeWheel({ name: 'demo', version: '2.0', files: [init, fresh].filter((file) => file !== undefined) }),
    makeWheel({ name: 'other', version: '1.0' }),
  ]);
}

const sharedDirectory = mkdtempSync(join(tmpdir(), 'seeder-app-data-'));
afterAll(() => rmSync(sharedDirectory, { recursive: true, force: true }));

/** A run on the one cache of the tests that only add to it. */
function sharedRun(): LabContext {
  return contextWith(openCache({ directory: join(sharedDirectory, 'cache') }));
}
