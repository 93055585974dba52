import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openCache } from '@vivarium/core';
import seeder from '@vivarium/seeder-app-data';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { describe, expect, test } from 'vitest';
import {
  byteCode,
  contextWith,
  fill,
  fingerprint,
  type LabContext,
  newRun,
  PYTHON,
  planSeeded,
  probe,
  run,
  type SeederSettings,
  seed,
  settingsWith,
  sitePackages,
  temporaryFolder,
} from './lab.ts';

const tiny: Partial<SeederSettings> = { noPip: true, noSetuptools: true, noWheel: true, seedPackage: ['demo'] };

function tinyWheel(): string {
  const broken = { name: 'demo/broken.py', contents: 'this is no Python\n' };
  const files = [{ name: 'demo/__init__.py', contents: 'def where():\n    raise KeyError("é")\n' }, broken];
  return fill(temporaryFolder(), [makeWheel({ name: 'demo', version: '1.0', files })]);
}

/** Waits until the process behind a run has finished with the cache. */
async function untilCompiled(context: LabContext, count = 1): Promise<readonly string[]> {
  const folder = join(context.cache.folder, 'compiled/1');
  for (let tries = 0; tries < 600; tries += 1) {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith('.tmp')) : [];
    if (names.length >= count) return names;
    await wait(100);
  }
  throw new Error('no byte code after a minute');
}

test('byte code does not look at its source and names the file that it stands beside', async () => {
  const destination = join(temporaryFolder(), 'env');
  const extraSearchDir = [tinyWheel()];
  await seed({ destination, settings: { ...tiny, extraSearchDir, compileSeeds: 'now' }, context: newRun() });
  const site = sitePackages(destination);
  const [file = '', ...others] = byteCode(site).filter((name) => name.startsWith('demo/'));
  expect(others).toEqual([]);
  // PEP 552: the second word is 1 for "by hash, unchecked".
  expect(readFileSync(join(site, file)).readUInt32LE(4)).toBe(1);
  expect(statSync(join(site, file)).mode & 0o777).toBe(0o644);
  const script =
    'import demo, traceback\ntry:\n    demo.where()\nexcept KeyError:\n    traceback.print_exc()\n    print(demo.__cached__)';
  const said = execFileSync(
    join(destination, 'bin/python'),
    ['-W', 'ignore', '-c', `import sys; sys.stderr = sys.stdout\n${script}`],
    { encoding: 'utf8' },
  );
  expect(said).toContain(`File "${join(site, 'demo/__init__.py')}", line 2, in where`);
  expect(said).toContain(join(site, file));
});

describe('behind the run', () => {
  test('the first environment is there at once, and the next has byte code', async () => {
    const context = newRun();
    const settings: Partial<SeederSettings> = { ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'background' };
    const [one, two] = [join(temporaryFolder(), 'first'), join(temporaryFolder(), 'second')];
    await seed({ destination: one, settings, context });
    expect(byteCode(sitePackages(one)).filter((name) => name.includes('demo'))).toEqual([]);
    await untilCompiled(context);
    await seed({ destination: two, settings, context });
    expect(byteCode(sitePackages(two)).filter((name) => name.includes('demo'))).toHaveLength(1);
    // Nothing is left of the work.
    await wait(200);
    expect(readdirSync(join(context.cache.folder, 'compiling/1'))).toEqual([]);
    expect(readdirSync(join(context.cache.folder, 'compiled/1')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('one process compiles, however many runs want it', async () => {
    const folder = temporaryFolder();
    const settings: Partial<SeederSettings> = { ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'background' };
    // A base whose every start is written down.
    const log = join(folder, 'log');
    const base = join(folder, 'python');
    writeFileSync(base, `#!/bin/sh\necho started >> '${log}'\nexec '${PYTHON}' "$@"\n`, { mode: 0o755 });
    const interpreter = { ...(await probe(PYTHON, newRun())), systemExecutable: base };
    const cacheFolder = join(folder, 'cache');
    const environment = {
      destination: '/nowhere/env',
      interpreter,
      layout: { ...interpreter.scheme, executable: 'bin/python' },
    };
    const contexts = Array.from({ length: 8 }, () => contextWith(openCache({ folder: cacheFolder })));
    await Promise.all(contexts.map((context) => seeder.plan(environment, settingsWith(settings), context)));
    await untilCompiled(contexts[0] as LabContext);
    await wait(200);
    expect(readFileSync(log, 'utf8')).toBe('started\n');
  });

  test('a cache that is removed meanwhile stays removed', async () => {
    const context = newRun();
    const settings: Partial<SeederSettings> = { compileSeeds: 'background' };
    await planSeeded({ destination: '/nowhere/env', settings, context });
    // The process may be writing there at this very moment.
    rmSync(context.cache.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    await wait(1500);
    expect(existsSync(context.cache.folder)).toBe(false);
  });

  test('a claim keeps others from the work for an hour and no longer', async () => {
    const context = newRun();
    const settings: Partial<SeederSettings> = { ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'now' };
    await planSeeded({ destination: '/nowhere/env', settings, context });
    const [name = ''] = readdirSync(join(context.cache.folder, 'compiled/1'));
    context.cache.drop(`compiled/1/${name}`);
    const claim = join(context.cache.folder, 'compiling/1', name);
    mkdirSync(claim, { recursive: true });
    writeFileSync(join(claim, 'claim'), `${Date.now()} another`);
    const behind: Partial<SeederSettings> = { ...settings, compileSeeds: 'background' };
    await planSeeded({ destination: '/nowhere/env', settings: behind, context });
    await wait(1000);
    expect(existsSync(join(context.cache.folder, 'compiled/1', name))).toBe(false);
    writeFileSync(join(claim, 'claim'), `${Date.now() - 2 * 60 * 60 * 1000} another`);
    await planSeeded({ destination: '/nowhere/env', settings: behind, context });
    expect(await untilCompiled(context)).toEqual([name]);
  });
});

test('where the cache is read-only nothing is compiled behind the run, and what is in it serves', async () => {
  const folder = join(temporaryFolder(), 'cache');
  const settings: Partial<SeederSettings> = { ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'background' };
  const readOnly = contextWith(openCache({ folder, isReadOnly: true }));
  await seed({ destination: join(temporaryFolder(), 'env'), settings, context: readOnly });
  readOnly.cache.close();
  expect(existsSync(folder)).toBe(false);

  const filled = contextWith(openCache({ folder }));
  await seed({
    destination: join(temporaryFolder(), 'env'),
    settings: { ...settings, compileSeeds: 'now' },
    context: filled,
  });
  const before = fingerprint(folder);
  const destination = join(temporaryFolder(), 'env');
  const again = contextWith(openCache({ folder, isReadOnly: true }));
  for (const linkMode of ['symlink', 'copy'] as const) {
    await seed({ destination, settings: { ...settings, linkMode }, context: again });
    expect(run(join(destination, 'bin/python'), ['-c', 'import demo; print(demo.__name__)'])).toBe('demo\n');
  }
  expect(fingerprint(folder)).toEqual(before);
  expect(again.notices).toEqual([]);
});

test('a base that can not compile costs a notice and no environment', async () => {
  const folder = temporaryFolder();
  const base = join(folder, 'python');
  writeFileSync(base, '#!/bin/sh\nexit 7\n', { mode: 0o755 });
  const interpreter = { ...(await probe(PYTHON, newRun())), systemExecutable: base };
  const environment = {
    destination: '/nowhere/env',
    interpreter,
    layout: { ...interpreter.scheme, executable: 'bin/python' },
  };
  const context = newRun();
  const settings = settingsWith({ ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'now' });
  const { packages } = await seeder.plan(environment, settings, context);
  expect(packages).toHaveLength(1);
  expect(context.notices).toEqual([expect.stringMatching(/^demo was not byte-compiled/)]);
});
