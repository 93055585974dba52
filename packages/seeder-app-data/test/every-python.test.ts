import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWheel } from '@vivarium/wheel-lab';
import { describe, expect, test } from 'vitest';
import {
  fill,
  hasSeedWheels,
  newRun,
  otherPip,
  PYTHONS,
  pipList,
  probe,
  run,
  seed,
  sitePackages,
  temporaryFolder,
} from './lab.ts';

const CHECK_RECORD = fileURLToPath(new URL('check-record.py', import.meta.url));
const local = makeWheel({
  name: 'local-thing',
  version: '1.0',
  entryPoints: '[console_scripts]\nlocal-thing = local_thing:main\n',
  files: [{ name: 'local_thing.py', contents: 'def main():\n    print("it works")\n' }],
});

// The oldest, the newest, and those whose pip is the last that supports them. The others share pip and its ways with one
// of these.
const THOROUGH = /\/(2\.7|3\.7|3\.13)\.|^\/usr\//;

test('there is a Python to seed', () => {
  expect(PYTHONS).not.toEqual([]);
});

describe.each(PYTHONS)('with %s', (python) => {
  test('the seeds are whole, install, replace and remove themselves', { timeout: 120_000 }, async () => {
    const destination = join(temporaryFolder(), 'an environment');
    const context = newRun();
    const { plan } = await seed({ python, destination, context });
    // Interpreters bring no wheel of wheel.
    expect(context.notices.filter((notice) => hasSeedWheels || !notice.startsWith('wheel is left out'))).toEqual([]);
    const { version } = await probe(python, context);
    const minor = `${version.major}.${version.minor}`;
    const interpreter = join(destination, 'bin/python');
    const site = sitePackages(destination);

    const seeds = plan.seeder?.packages.map((seeded) => `${seeded.name}==${seeded.version}`) ?? [];
    expect(run(interpreter, ['-B', CHECK_RECORD, destination, site])).toBe('');
    expect(pipList(destination)).toEqual(seeds);
    run(interpreter, ['-m', 'pip', 'check']);

    const commands = ['pip', `pip${version.major}`, `pip${minor}`, `pip-${minor}`];
    expect(readdirSync(join(destination, 'bin'))).toEqual(expect.arrayContaining(commands));
    for (const command of commands.slice(2)) {
      expect(run(join(destination, 'bin', command), ['--version']), command).toContain(`(python ${minor})`);
    }

    if (!THOROUGH.test(python)) return;
    const folder = fill(temporaryFolder(), [local]);
    run(join(destination, 'bin/pip'), ['install', '--find-links', folder, 'local-thing']);
    expect(run(join(destination, 'bin/local-thing'), [])).toBe('it works\n');

    // Another version of pip where there is one for this Python, else the same again.
    const current = plan.seeder?.packages.find(({ name }) => name === 'pip')?.version ?? '';
    const { folders, version: wanted } = await otherPip(python, current);
    const places = folders.flatMap((place) => ['--find-links', place]);
    run(interpreter, ['-m', 'pip', 'install', ...places, '--no-compile', '--force-reinstall', `pip==${wanted}`]);
    expect(pipList(destination)).toContain(`pip==${wanted}`);
    expect(readdirSync(site).filter((name) => /^pip-.*\.dist-info$/.test(name))).toEqual([`pip-${wanted}.dist-info`]);

    const names = seeds.map((text) => text.split('==')[0] ?? '').filter((name) => name !== 'pip');
    run(interpreter, ['-m', 'pip', 'uninstall', '--yes', 'local-thing', ...names, 'pip']);
    const left = readdirSync(site).filter((name) => !/^(_vivarium|_virtualenv|__pycache__|distutils)/.test(name));
    expect(left).toEqual([]);
    expect(readdirSync(join(destination, 'bin')).filter((name) => /pip|wheel|easy_install/.test(name))).toEqual([]);
  });
});
