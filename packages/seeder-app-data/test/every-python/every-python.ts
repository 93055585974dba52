import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCache } from '@vivarium/core/host';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { everySecond } from '@vivarium/test-utils/pythons';
import { afterAll, expect, test } from 'vitest';
import {
  byteCode,
  contextWith,
  fill,
  fingerprint,
  hasSeedWheels,
  otherPip,
  PYTHONS,
  pipList,
  probe,
  run,
  seed,
  sitePackages,
  temporaryDirectory,
} from '../lab.ts';

const CHECK_RECORD = fileURLToPath(new URL('../check-record.py', import.meta.url));
const USE_PIP = fileURLToPath(new URL('../use-pip.py', import.meta.url));
const local = makeWheel({
  name: 'local-thing',
  version: '1.0',
  entryPoints: '[console_scripts]\nlocal-thing = local_thing:main\n',
  files: [{ name: 'local_thing.py', contents: 'def main():\n    print("it works")\n' }],
});

/** A way in which seeds are put in. */
type Way = (typeof WAYS)[number];

const WAYS = ['hardlink', 'copy', 'symlink'] as const;

/** Has every Python seeded in one of the ways, and its pip do all that a pip is asked to. */
export function testEveryPython(linkMode: Way): void {
  // One cache for all, so that each seed is compiled once for each Python.
  const work = mkdtempSync(join(tmpdir(), 'seeder-app-data-'));
  const cacheDirectory = join(work, 'cache');
  const wheels = fill(join(work, 'wheels'), [local]);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('there is a Python to seed', () => {
    expect(PYTHONS).not.toEqual([]);
  });

  // The pip that Python 2.7 brings can't take links away, the one that is locked can.
  const pythons = everySecond(PYTHONS, WAYS.indexOf(linkMode)).filter(
    (python) => linkMode !== 'symlink' || hasSeedWheels || !/\/2\.7\./.test(python),
  );

  test.each(pythons)(
    `pip by ${linkMode} in an environment of %s lists, checks, installs, replaces itself and uninstalls, and the cache stays as it was`,
    { timeout: 180_000 },
    async (python) => {
      const destination = join(temporaryDirectory(), 'an environment');
      const context = contextWith(openCache({ directory: cacheDirectory }));
      const settings = { linkMode, compileSeeds: 'now' } as const;
      const { plan, applied } = await seed({ python, destination, settings, context });
      // Interpreters bring no wheel of wheel.
      expect(context.warnings.filter((warning) => hasSeedWheels || !warning.startsWith('wheel is skipped'))).toEqual(
        [],
      );
      expect(applied.linkModes).toEqual([linkMode]);
      const seeds = plan.seeder?.packages.map((seeded) => `${seeded.name}==${seeded.version}`) ?? [];
      const interpreter = join(destination, 'bin/python');
      const site = sitePackages(destination);
      const before = fingerprint(cacheDirectory);
      const compiled = byteCode(site);
      // Every file is listed as it is, byte code too. By links, directories are.
      if (linkMode !== 'symlink') expect(run(interpreter, ['-B', CHECK_RECORD, destination, site])).toBe('');

      const { version } = await probe(python, context);
      const minor = `${version.major}.${version.minor}`;
      const commands = ['pip', `pip${version.major}`, `pip${minor}`, `pip-${minor}`];
      expect(readdirSync(join(destination, 'bin'))).toEqual(expect.arrayContaining(commands));
      const said = run(join(destination, `bin/pip-${minor}`), ['--version']);
      expect(said).toContain(`(python ${minor})`);

      const use = [['list', '--format=freeze'], ['check'], ['install', '--find-links', wheels, 'local-thing']];
      const told = run(interpreter, [USE_PIP, JSON.stringify(use)]);
      expect(told.split('\n').slice(0, seeds.length).sort()).toEqual(seeds);
      expect(told).toContain('No broken requirements found');
      expect(run(join(destination, 'bin/local-thing'), [])).toBe('it works\n');
      // Whatever pip has loaded for all this was compiled already.
      expect(byteCode(site).filter((name) => !name.includes('local_thing'))).toEqual(compiled);

      // Another version of pip where there is one for this Python, else the same again.
      const current = plan.seeder?.packages.find(({ name }) => name === 'pip')?.version ?? '';
      const { directories, version: wanted } = await otherPip(python, current);
      const places = directories.flatMap((place) => ['--find-links', place]);
      run(interpreter, ['-m', 'pip', 'install', ...places, '--no-compile', '--force-reinstall', `pip==${wanted}`]);
      expect(readdirSync(site).filter((name) => /^pip-.*-info$/.test(name))).toEqual([`pip-${wanted}.dist-info`]);
      // What pip has put in is its own: a directory with files, whatever existed.
      expect(lstatSync(join(site, 'pip')).isDirectory()).toBe(true);

      const names = seeds.map((text) => text.split('==')[0] ?? '').filter((name) => name !== 'pip');
      run(interpreter, ['-m', 'pip', 'uninstall', '--yes', 'local-thing', ...names, 'pip']);
      const left = readdirSync(site).filter((name) => !/^(_vivarium|_virtualenv|__pycache__)/.test(name));
      // For each linked seed a file stays that keeps pip from removing the whole of site-packages.
      const notes = linkMode === 'symlink' ? seeds.map((text) => `${text.replace('==', '-')}.image.txt`) : [];
      expect(left.sort()).toEqual(notes.sort());
      expect(readdirSync(join(destination, 'bin')).filter((name) => /pip|wheel|easy_install/.test(name))).toEqual([]);
      expect(fingerprint(cacheDirectory)).toEqual(before);

      // The cache is as good as it was: the next environment has all of it.
      const next = join(temporaryDirectory(), 'next');
      await seed({ python, destination: next, settings, context });
      expect(pipList(next)).toEqual(seeds);
    },
  );
}
