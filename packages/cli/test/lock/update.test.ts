import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeWheel, type WheelRecipe } from '@vivarium/test-utils/make-wheel';
import { anyPython } from '@vivarium/test-utils/pythons';
import { describe, expect, test } from 'vitest';
import type { EnvironmentOptions, RunEvent } from 'vivarium';
import { contentOf, type Entry, lockText, openPlace } from './place.ts';

type Place = ReturnType<typeof openPlace>;

function entry(name: string, version: string, recipe: Partial<WheelRecipe> = {}): Entry {
  const entryPoints = `[console_scripts]\nrun-${name} = ${name}:main\n`;
  return { name, version, wheel: makeWheel({ name, version, entryPoints, ...recipe }) };
}

function write(place: Place, ...entries: readonly Entry[]): void {
  place.write(
    lockText(entries),
    entries.map(({ wheel }) => wheel),
  );
}

function install(place: Place, entries: readonly Entry[], options: Partial<EnvironmentOptions> = {}) {
  write(place, ...entries);
  return place.create(options);
}

const BEFORE = [entry('one', '1.0'), entry('two', '1.0'), entry('three', '1.0')];
const AFTER = [entry('one', '1.0'), entry('two', '2.0'), entry('four', '1.0')];

function distributionsIn(purelib: string): readonly string[] {
  return readdirSync(purelib)
    .flatMap((name) => (name.endsWith('.dist-info') ? [name.replace('.dist-info', '')] : []))
    .sort();
}

/** Writes a distribution as pip does. */
function installByHand(purelib: string, name: string): void {
  mkdirSync(join(purelib, `${name}-1.0.dist-info`));
  writeFileSync(join(purelib, `${name}.py`), '');
  writeFileSync(join(purelib, `${name}-1.0.dist-info/RECORD`), `${name}.py,,\n${name}-1.0.dist-info/RECORD,,\n`);
}

describe('over an existing environment', () => {
  test('packages are added, changed and removed, and all else stays', async () => {
    const place = openPlace();
    const { purelib } = (await install(place, BEFORE)).paths;
    const env = join(place.directory, 'env');
    installByHand(purelib, 'mine');
    mkdirSync(join(env, 'share/mine/empty'), { recursive: true });
    writeFileSync(join(env, 'share/mine/data'), 'kept');
    chmodSync(join(env, 'share/mine/data'), 0o640);
    symlinkSync('data', join(env, 'share/mine/link'));
    execFileSync('mkfifo', [join(env, 'share/mine/pipe')]);
    chmodSync(env, 0o700);
    const { ino } = statSync(join(env, 'share/mine/data'));

    const { plan, applied } = await install(place, AFTER);
    expect({ mode: plan.mode, leftovers: applied.leftovers }).toEqual({ mode: 'update', leftovers: [] });
    expect(distributionsIn(purelib)).toEqual(['four-1.0', 'mine-1.0', 'one-1.0', 'two-2.0']);
    expect(readdirSync(join(env, 'bin')).filter((name) => name.startsWith('run-'))).toEqual([
      'run-four',
      'run-one',
      'run-two',
    ]);
    expect(existsSync(join(purelib, 'three'))).toBe(false);
    expect(statSync(join(env, 'share/mine/data'))).toMatchObject({ ino, mode: 0o100640 });
    expect(readlinkSync(join(env, 'share/mine/link'))).toBe('data');
    expect(readdirSync(join(env, 'share/mine'))).toEqual(['data', 'empty', 'link', 'pipe']);
    expect(statSync(env).mode & 0o777).toBe(0o700);
    expect(readdirSync(place.directory).filter((name) => name.startsWith('.vivarium-'))).toEqual([]);
  });

  test('with `exact` what no lock has installed goes too', async () => {
    const place = openPlace();
    const { purelib } = (await install(place, BEFORE, { seeder: 'app-data' })).paths;
    installByHand(purelib, 'mine');
    await install(place, AFTER, { exact: true, seeder: 'app-data' });
    expect(distributionsIn(purelib)).toEqual(['four-1.0', 'one-1.0', expect.stringMatching(/^pip-\d/), 'two-2.0']);
    await install(place, AFTER, { exact: true });
    expect(distributionsIn(purelib)).toEqual(['four-1.0', 'one-1.0', 'two-2.0']);
    expect(readdirSync(join(place.directory, 'env/bin')).filter((name) => name.startsWith('pip'))).toEqual([]);
  });

  test('of one that venv has created, the packages stay that no lock has installed', async () => {
    const place = openPlace();
    const env = join(place.directory, 'env');
    execFileSync(anyPython().executable, ['-m', 'venv', '--without-pip', env]);
    const [lib = ''] = readdirSync(join(env, 'lib'));
    const purelib = join(env, 'lib', lib, 'site-packages');
    installByHand(purelib, 'mine');
    await install(place, AFTER);
    expect(distributionsIn(purelib)).toEqual(['four-1.0', 'mine-1.0', 'one-1.0', 'two-2.0']);
    expect(existsSync(join(env, 'bin/activate.fish'))).toBe(true);
  });

  test.each<readonly [string, Entry]>([
    ['brings a file of a package that stays', entry('five', '1.0', { files: [{ name: 'mine.py', contents: '' }] })],
    [
      'is no wheel',
      { name: 'five', version: '1.0', wheel: { file: 'five-1.0-py3-none-any.whl', bytes: Buffer.of(1) } },
    ],
    ['has a wrong hash', { ...entry('five', '1.0'), hashes: `{ sha256 = "${'0'.repeat(64)}" }` }],
  ])('a lock that can not be installed changes nothing: a package %s', async (_, bad) => {
    const place = openPlace();
    const { purelib } = (await install(place, BEFORE)).paths;
    installByHand(purelib, 'mine');
    const before = contentOf(join(place.directory, 'env'));
    await expect(install(place, [...AFTER, bad])).rejects.toMatchObject({ message: expect.stringContaining('five') });
    expect(contentOf(join(place.directory, 'env'))).toEqual(before);
    expect(readdirSync(place.directory).sort()).toEqual(['cache', 'env', 'pylock.toml', 'wheels']);
  });

  test('a file of no package may be replaced, as one that a failed installation has left', async () => {
    const place = openPlace();
    const { purelib } = (await install(place, [])).paths;
    mkdirSync(join(purelib, 'one'));
    writeFileSync(join(purelib, 'one/__init__.py'), 'half');
    await install(place, BEFORE);
    expect(readFileSync(join(purelib, 'one/__init__.py'), 'utf8')).toBe('VERSION = "1.0"\n');
  });

  test('the seeder that runs pip changes it as a whole, too', async () => {
    const place = openPlace();
    const { purelib } = (await install(place, BEFORE)).paths;
    installByHand(purelib, 'mine');
    const { plan } = await install(place, AFTER, { seeder: 'pip', pluginSettings: {} });
    expect(plan.mode).toBe('update');
    expect(distributionsIn(purelib).filter((name) => !name.startsWith('pip-'))).toEqual([
      'four-1.0',
      'mine-1.0',
      'one-1.0',
      'two-2.0',
    ]);
  });
});

describe('ensureEnvironment with a lock', () => {
  test('changes the packages where they differ, starts nothing where they do not', async () => {
    const place = openPlace();
    write(place, ...BEFORE);
    expect(await place.ensure()).toMatchObject({ outcome: 'created' });
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent) => events.push(event);
    expect(await place.ensure({ onEvent })).toMatchObject({ outcome: 'unchanged' });
    expect(events).toEqual([]);
    write(place, ...AFTER);
    const updated = await place.ensure();
    expect(updated).toMatchObject({
      outcome: 'updated',
      reason: expect.stringMatching(/^3 of its packages .*four 1\.0/),
    });
    expect(distributionsIn(updated.paths.purelib)).toEqual(['four-1.0', 'one-1.0', 'two-2.0']);
    expect((await place.ensure()).outcome).toBe('unchanged');
    // Written in another way, it still says the same.
    writeFileSync(join(place.directory, 'pylock.toml'), `# a comment\n${lockText(AFTER)}`);
    expect((await place.ensure()).outcome).toBe('unchanged');
  });

  test('puts right what was changed by hand, and removes what `exact` does not allow', async () => {
    const place = openPlace();
    write(place, ...AFTER);
    const { purelib } = (await place.ensure({ seeder: 'app-data' })).paths;
    rmSync(join(purelib, 'two-2.0.dist-info'), { recursive: true });
    expect(await place.ensure({ seeder: 'app-data' })).toMatchObject({
      outcome: 'updated',
      reason: expect.stringContaining('+ two 2.0'),
    });
    installByHand(purelib, 'mine');
    expect((await place.ensure({ seeder: 'app-data' })).outcome).toBe('unchanged');
    expect(await place.ensure({ seeder: 'app-data', exact: true })).toMatchObject({
      outcome: 'updated',
      reason: expect.stringContaining('- mine 1.0'),
    });
    expect((await place.ensure({ seeder: 'app-data', exact: true })).outcome).toBe('unchanged');
    expect(distributionsIn(purelib)).toContainEqual(expect.stringMatching(/^pip-/));
  });

  test('another file of the same version is another package', async () => {
    const place = openPlace();
    write(place, entry('one', '1.0'));
    await place.ensure();
    write(place, entry('one', '1.0', { files: [{ name: 'one.py', contents: 'x = 2\n' }] }));
    expect((await place.ensure()).outcome).toBe('updated');
  });

  test('`exact` without a list is refused', async () => {
    const place = openPlace();
    await expect(place.create({ lock: undefined, exact: true })).rejects.toMatchObject({
      code: 'PACKAGES_NOT_CLEAR',
      exitCode: 2,
    });
  });
});
