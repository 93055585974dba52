import { existsSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Interpreter, openCache } from '@vivarium/core/host';
import { makeWheel, type WheelRecipe } from '@vivarium/test-utils/make-wheel';
import { requestSeeds, resolveWheels, type SeedSettings } from '@vivarium/wheel-resolver';
import { describe, expect, test } from 'vitest';
import { findCandidates } from '../src/find/candidate.ts';
import { fill, interpreterOf, type LabContext, makeContext, settingsWith, temporaryDirectory } from './lab.ts';

interface Run {
  readonly python?: string;
  readonly settings?: Partial<SeedSettings>;
  readonly context?: LabContext;
  readonly stdlib?: string;
}

/** Asks for `demo` alone, unless the settings say otherwise. */
async function supply({ python = '3.11.2', settings = {}, context = makeContext(), stdlib = '/nowhere' }: Run) {
  const interpreter = interpreterOf(python, { stdlib });
  const all = settingsWith({ noPip: true, noSetuptools: true, noWheel: true, seedPackage: ['demo'], ...settings });
  const requests = requestSeeds(interpreter, all);
  const extraDirectories = all.extraSearchDir ?? [];
  return resolveWheels({ interpreter, requests, extraDirectories, download: all.download, context });
}

function directoryWith(...recipes: readonly Partial<WheelRecipe>[]): string {
  return fill(
    temporaryDirectory(),
    recipes.map((recipe) => makeWheel({ name: 'demo', version: '1.0', ...recipe })),
  );
}

async function chosen(directories: readonly string[], run: Run = {}) {
  const wheels = await supply({ ...run, settings: { extraSearchDir: directories, ...run.settings } });
  return wheels.map(({ name, version }) => `${name} ${version}`).join(', ');
}

describe('of the wheels of a directory', () => {
  test('the newest is taken, by version and not by letters', async () => {
    expect(await chosen([directoryWith({ version: '9.0' }, { version: '10.0' }, { version: '2.0' })])).toBe(
      'demo 10.0',
    );
  });

  test('a pre-release is taken only where there is nothing else or it was asked for', async () => {
    expect(await chosen([directoryWith({ version: '1.0' }, { version: '2.0b1' })])).toBe('demo 1.0');
    expect(await chosen([directoryWith({ version: '2.0b1' })])).toBe('demo 2.0b1');
    const settings = { seedPackage: ['demo==2.0b1'] };
    expect(await chosen([directoryWith({ version: '1.0' }, { version: '2.0b1' })], { settings })).toBe('demo 2.0b1');
  });

  test('an exact version and a range choose among them', async () => {
    const directory = directoryWith({ version: '1.0' }, { version: '1.5' }, { version: '2.0' });
    expect(await chosen([directory], { settings: { seedPackage: ['demo==1.0'] } })).toBe('demo 1.0');
    expect(await chosen([directory], { settings: { seedPackage: ['demo>=1,<2'] } })).toBe('demo 1.5');
  });

  test('those for another Python are ignored', async () => {
    const directory = directoryWith(
      { version: '1.0', requiresPython: '>=2.7' },
      { version: '2.0', requiresPython: '>=3.6, !=3.11.*' },
      { version: '3.0', requiresPython: '>=3.9.2' },
      { version: '4.0', requiresPython: '~=3.12' },
    );
    expect(await chosen([directory], { python: '2.7.18' })).toBe('demo 1.0');
    expect(await chosen([directory], { python: '3.9.1' })).toBe('demo 2.0');
    expect(await chosen([directory], { python: '3.9.2' })).toBe('demo 3.0');
    expect(await chosen([directory], { python: '3.13.0' })).toBe('demo 4.0');
  });

  test('one that names no Python is for every Python that its tags name', async () => {
    expect(await chosen([directoryWith({ tag: 'py3-none-any' })])).toBe('demo 1.0');
    expect(await chosen([directoryWith({ tag: 'py311-none-any' })])).toBe('demo 1.0');
    expect(await chosen([directoryWith({ tag: 'cp311-none-any' })])).toBe('demo 1.0');
    for (const tag of [
      'py2-none-any',
      'py312-none-any',
      'cp310-none-any',
      'cp311-cp311-linux_x86_64',
      'pp39-none-any',
    ]) {
      await expect(chosen([directoryWith({ tag })]), tag).rejects.toMatchObject({ code: 'SEED_NOT_FOUND' });
    }
  });

  test('what it needs comes along, and what only an extra needs does not', async () => {
    const directory = directoryWith(
      { requires: ['helper>=2', 'never; extra == "x"', 'old; python_version < "3"'] },
      { name: 'helper', version: '1.0' },
      { name: 'helper', version: '2.1', requires: ['demo'] },
    );
    expect(await chosen([directory])).toBe('demo 1.0, helper 2.1');
  });

  test('one that is broken or misnamed is ignored with a warning', async () => {
    const directory = directoryWith({ version: '1.0' });
    writeFileSync(join(directory, 'demo-2.0-py3-none-any.whl'), 'no zip');
    fill(directory, [{ file: 'demo-3.0-py3-none-any.whl', bytes: makeWheel({ name: 'other', version: '3.0' }).bytes }]);
    symlinkSync('/nowhere', join(directory, 'demo-4.0-py3-none-any.whl'));
    const context = makeContext();
    expect(await chosen([directory], { context })).toBe('demo 1.0');
    expect(context.warnings.join('\n')).toMatch(/demo-3.0.*says other 3.0/);
    expect(context.warnings.join('\n')).toMatch(/demo-2.0.*not a zip archive/);
  });

  test('files that are no wheels are none', async () => {
    const directory = directoryWith({});
    for (const name of ['demo-x-py3-none-any.whl', 'demo.whl', 'demo-1.1.tar.gz', 'demo-7--py3-none-any.whl'])
      writeFileSync(join(directory, name), '');
    expect(await chosen([directory])).toBe('demo 1.0');
  });
});

describe('of equally new wheels', () => {
  test('the directory that was named first wins, then the cache, then the interpreter', async () => {
    const [first, second] = [directoryWith({}), directoryWith({})];
    const stdlib = temporaryDirectory();
    fill(join(stdlib, 'ensurepip/_bundled'), [makeWheel({ name: 'demo', version: '1.0' })]);
    const wheel = makeWheel({ name: 'demo', version: '1.0' });
    const cacheDirectory = temporaryDirectory();
    fill(join(cacheDirectory, `wheels/1/${wheel.sha256.slice(0, 16)}-${wheel.file}`), [wheel]);
    const context = makeContext({ cache: openCache({ directory: cacheDirectory }) });

    const both = await supply({ context, stdlib, settings: { extraSearchDir: [first, second] } });
    expect(both).toMatchObject([{ path: join(first, wheel.file), origin: 'extra-search-dir' }]);
    expect(await supply({ context, stdlib })).toMatchObject([{ origin: 'cache', sha256: wheel.sha256 }]);
    expect(await supply({ stdlib })).toMatchObject([{ origin: 'ensurepip' }]);
  });

  test('a newer one wins wherever it is, unless only what is shipped will do', async () => {
    const stdlib = temporaryDirectory();
    fill(join(stdlib, 'ensurepip/_bundled'), [makeWheel({ name: 'pip', version: '2000.0' })]);
    const newest = directoryWith({ name: 'pip', version: '2001.0' });
    const run = (pip: string) => {
      return supply({ stdlib, settings: { noPip: false, pip, seedPackage: [], extraSearchDir: [newest] } });
    };
    expect(await run('bundle')).toMatchObject([{ version: '2001.0' }]);
    expect(await run('embed')).toMatchObject([{ version: '2000.0', origin: 'ensurepip' }]);
    expect(await run('2000')).toMatchObject([{ version: '2000.0' }]);
  });
});

describe('a seed that is not available locally', () => {
  test('is an error that says what there is, when it was asked for', async () => {
    await expect(chosen([directoryWith({ version: '3.0', requiresPython: '<3' })])).rejects.toMatchObject({
      code: 'SEED_NOT_FOUND',
      message: 'No wheel of demo that fits Python 3.11.2 was found',
      hint: expect.stringContaining('Available versions: 3.0.'),
      source: '--seed-package',
    });
  });

  test('is skipped with one warning, when it was not', async () => {
    const context = makeContext();
    const interpreter = interpreterOf('3.3.0', { platform: 'freebsd13' });
    const requests = requestSeeds(interpreter, settingsWith());
    expect(await resolveWheels({ interpreter, requests, extraDirectories: [], download: false, context })).toEqual([]);
    expect(context.warnings).toEqual([
      'pip is skipped: no wheel of pip that fits Python 3.3.0 was found',
      'setuptools is skipped: no wheel of setuptools that fits Python 3.3.0 was found',
      'wheel is skipped: no wheel of wheel that fits Python 3.3.0 was found',
    ]);
  });

  test('is not looked for in a directory that is missing, and that is said', async () => {
    const context = makeContext();
    await expect(chosen(['/nowhere/at/all'], { context })).rejects.toMatchObject({ code: 'SEED_NOT_FOUND' });
    expect(context.warnings).toEqual(["the directory /nowhere/at/all of --extra-search-dir can't be read"]);
  });
});

describe("wheels of a distribution's directory", () => {
  const DIRECTORY = '/usr/share/python-wheels';

  /** Where the wheels that a Python may be seeded from are. */
  async function originsFor(changes: Partial<Interpreter>) {
    const interpreter = interpreterOf('3.11.2', { stdlib: '/nowhere', ...changes });
    const candidates = await findCandidates({ interpreter, extraDirectories: [], context: makeContext() });
    return new Set(candidates.map(({ origin }) => origin));
  }

  test.each([
    ['from pyenv', '/home/user/.pyenv/versions/3.11.2'],
    ['built into /usr/local', '/usr/local'],
    ['below /usr, but in a prefix of its own', '/usr/lib/pyenv/versions/3.11.2'],
    ['in /opt', '/opt/python'],
  ])('do not serve a Python %s', async (_, basePrefix) => {
    expect(await originsFor({ basePrefix })).not.toContain('system');
  });

  test.skipIf(!existsSync(DIRECTORY))(
    `serve the distribution's own Pythons (skipped without ${DIRECTORY})`,
    async () => {
      expect(await originsFor({ basePrefix: '/usr' })).toContain('system');
      expect(await originsFor({ basePrefix: '/usr/lib/pypy3' })).toContain('system');
      expect(await originsFor({ basePrefix: '/usr', platform: 'freebsd13' })).not.toContain('system');
    },
  );
});

test('a wheel is opened once, and again when it has changed', async () => {
  const directory = directoryWith({ requiresPython: '>=3.6' });
  const path = join(directory, 'demo-1.0-py2.py3-none-any.whl');
  const mtime = new Date('2020-01-01');
  utimesSync(path, mtime, mtime);
  const context = makeContext();
  const [before] = await supply({ context, settings: { extraSearchDir: [directory] } });
  const { size } = statSync(path);
  // The same size and time, and no wheel any more: anyone who opened it now would fail.
  writeFileSync(path, Buffer.alloc(size));
  utimesSync(path, mtime, mtime);
  expect(await supply({ context, settings: { extraSearchDir: [directory] } })).toEqual([before]);
  utimesSync(path, mtime, new Date(mtime.getTime() + 5000));
  await expect(supply({ context, settings: { extraSearchDir: [directory] } })).rejects.toMatchObject({
    code: 'SEED_NOT_FOUND',
  });
});
