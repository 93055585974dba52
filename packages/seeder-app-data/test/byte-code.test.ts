import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openCache } from '@vivarium/core/host';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { describe, expect, test } from 'vitest';
import { askSeeder } from './ask-seeder.ts';
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
  temporaryDirectory,
} from './lab.ts';

const tiny: Partial<SeederSettings> = { noPip: true, noSetuptools: true, noWheel: true, seedPackage: ['demo'] };

function tinyWheel(): string {
  const broken = { name: 'demo/broken.py', contents: 'this is not a Python\n' };
  const files = [{ name: 'demo/__init__.py', contents: 'def where():\n    raise KeyError("é")\n' }, broken];
  return fill(temporaryDirectory(), [makeWheel({ name: 'demo', version: '1.0', files })]);
}

/** Waits until the process in the background has finished with the cache. */
async function untilCompiled(context: LabContext, count = 1): Promise<readonly string[]> {
  const directory = join(context.cache.directory, 'compiled/3');
  for (let tries = 0; tries < 600; tries += 1) {
    const names = existsSync(directory) ? readdirSync(directory).filter((name) => !name.endsWith('.tmp')) : [];
    if (names.length >= count) return names;
    await wait(100);
  }
  throw new Error('no byte code after a minute');
}

test('byte code does not look at its source and names the file that it is next to', async () => {
  const destination = join(temporaryDirectory(), 'env');
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

test('no more packages are compiled at the same time than there are processors', async () => {
  const directory = temporaryDirectory();
  const names = Array.from({ length: 12 }, (_, number) => `demo-${number}`);
  const wheels = fill(
    temporaryDirectory(),
    names.map((name) => makeWheel({ name, version: '1.0', files: [{ name: `${name}.py`, contents: '' }] })),
  );
  // A base that writes down when it starts and ends.
  const log = join(directory, 'log');
  const base = join(directory, 'python');
  writeFileSync(base, `#!/bin/sh\necho 1 >> '${log}'\n'${PYTHON}' "$@"\necho -1 >> '${log}'\n`, { mode: 0o755 });
  const context = newRun();
  const interpreter = { ...(await probe(PYTHON, context)), systemExecutable: base };
  const environment = {
    destination: '/nowhere/env',
    interpreter,
    layout: { ...interpreter.scheme, executable: 'bin/python' },
  };
  const settings = settingsWith({ ...tiny, seedPackage: names, extraSearchDir: [wheels], compileSeeds: 'now' });
  await askSeeder(environment, settings, context);
  let running = 0;
  const counts = readFileSync(log, 'utf8')
    .trim()
    .split('\n')
    .map((change) => (running += Number(change)));
  expect(counts).toHaveLength(2 * names.length);
  expect(Math.max(...counts)).toBeLessThanOrEqual(availableParallelism());
  expect(context.warnings).toEqual([]);
});

describe('in the background', () => {
  test('the first environment is there at once, and the next has byte code', async () => {
    const context = newRun();
    const settings: Partial<SeederSettings> = { ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'background' };
    const [one, two] = [join(temporaryDirectory(), 'first'), join(temporaryDirectory(), 'second')];
    await seed({ destination: one, settings, context });
    expect(byteCode(sitePackages(one)).filter((name) => name.includes('demo'))).toEqual([]);
    await untilCompiled(context);
    await seed({ destination: two, settings, context });
    expect(byteCode(sitePackages(two)).filter((name) => name.includes('demo'))).toHaveLength(1);
    // Nothing is left of the work.
    await wait(200);
    expect(readdirSync(join(context.cache.directory, 'compiling/3'))).toEqual([]);
    expect(readdirSync(join(context.cache.directory, 'compiled/3')).filter((name) => name.endsWith('.tmp'))).toEqual(
      [],
    );
  });

  test('one process compiles, however many runs want it', async () => {
    const directory = temporaryDirectory();
    const settings: Partial<SeederSettings> = { ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'background' };
    // A base whose every start is written down.
    const log = join(directory, 'log');
    const base = join(directory, 'python');
    writeFileSync(base, `#!/bin/sh\necho started >> '${log}'\nexec '${PYTHON}' "$@"\n`, { mode: 0o755 });
    const interpreter = { ...(await probe(PYTHON, newRun())), systemExecutable: base };
    const cacheDirectory = join(directory, 'cache');
    const environment = {
      destination: '/nowhere/env',
      interpreter,
      layout: { ...interpreter.scheme, executable: 'bin/python' },
    };
    const contexts = Array.from({ length: 8 }, () => contextWith(openCache({ directory: cacheDirectory })));
    await Promise.all(contexts.map((context) => askSeeder(environment, settingsWith(settings), context)));
    await untilCompiled(contexts[0] as LabContext);
    await wait(200);
    expect(readFileSync(log, 'utf8')).toBe('started\n');
  });

  test('a cache that is removed in the meantime stays removed', async () => {
    const context = newRun();
    const settings: Partial<SeederSettings> = { compileSeeds: 'background' };
    await planSeeded({ destination: '/nowhere/env', settings, context });
    // The process may be writing there at this very moment.
    rmSync(context.cache.directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    await wait(1500);
    expect(existsSync(context.cache.directory)).toBe(false);
  });

  test('a claim keeps others from the work for an hour and no longer', async () => {
    const context = newRun();
    const settings: Partial<SeederSettings> = { ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'now' };
    await planSeeded({ destination: '/nowhere/env', settings, context });
    const [name = ''] = readdirSync(join(context.cache.directory, 'compiled/3'));
    context.cache.drop(`compiled/3/${name}`);
    const claim = join(context.cache.directory, 'compiling/3', name);
    mkdirSync(claim, { recursive: true });
    writeFileSync(join(claim, 'claim'), `${Date.now()} another`);
    const behind: Partial<SeederSettings> = { ...settings, compileSeeds: 'background' };
    await planSeeded({ destination: '/nowhere/env', settings: behind, context });
    await wait(1000);
    expect(existsSync(join(context.cache.directory, 'compiled/3', name))).toBe(false);
    writeFileSync(join(claim, 'claim'), `${Date.now() - 2 * 60 * 60 * 1000} another`);
    await planSeeded({ destination: '/nowhere/env', settings: behind, context });
    expect(await untilCompiled(context)).toEqual([name]);
  });
});

test('where the cache is read-only nothing is compiled in the background, and what is in it serves', async () => {
  const directory = join(temporaryDirectory(), 'cache');
  const settings: Partial<SeederSettings> = { ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'background' };
  const readOnly = contextWith(openCache({ directory, isReadOnly: true }));
  await seed({ destination: join(temporaryDirectory(), 'env'), settings, context: readOnly });
  readOnly.cache.close();
  expect(existsSync(directory)).toBe(false);

  const filled = contextWith(openCache({ directory }));
  await seed({
    destination: join(temporaryDirectory(), 'env'),
    settings: { ...settings, compileSeeds: 'now' },
    context: filled,
  });
  const before = fingerprint(directory);
  const destination = join(temporaryDirectory(), 'env');
  const again = contextWith(openCache({ directory, isReadOnly: true }));
  for (const linkMode of ['symlink', 'copy'] as const) {
    await seed({ destination, settings: { ...settings, linkMode }, context: again });
    expect(run(join(destination, 'bin/python'), ['-c', 'import demo; print(demo.__name__)'])).toBe('demo\n');
  }
  expect(fingerprint(directory)).toEqual(before);
  expect(again.warnings).toEqual([]);
});

test('a base that can not compile causes a warning and no environment', async () => {
  const directory = temporaryDirectory();
  const base = join(directory, 'python');
  writeFileSync(base, '#!/bin/sh\nexit 7\n', { mode: 0o755 });
  const interpreter = { ...(await probe(PYTHON, newRun())), systemExecutable: base };
  const environment = {
    destination: '/nowhere/env',
    interpreter,
    layout: { ...interpreter.scheme, executable: 'bin/python' },
  };
  const context = newRun();
  const settings = settingsWith({ ...tiny, extraSearchDir: [tinyWheel()], compileSeeds: 'now' });
  const { packages } = await askSeeder(environment, settings, context);
  expect(packages).toHaveLength(1);
  expect(context.warnings).toEqual([expect.stringMatching(/^demo was not byte-compiled/)]);
});
