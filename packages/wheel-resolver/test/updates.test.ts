import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type Interpreter, openCache } from '@vivarium/core/host';
import { bundleScript } from '@vivarium/test-utils/bundle-script';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { type OfferedFile, serveIndex } from '@vivarium/test-utils/serve-index';
import { requestSeeds, resolveWheels, triggerUpdates, updatable } from '@vivarium/wheel-resolver';
import {
  isDue,
  isUsable,
  type MarkedVersion,
  type UpdateMark,
  upgradeSeedWheels,
} from '@vivarium/wheel-resolver/updates';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fill, interpreterOf, type LabContext, makeContext, settingsWith, temporaryDirectory } from './lab.ts';

const TRIGGER = fileURLToPath(new URL('trigger-updates.mjs', import.meta.url));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 0, 31);

function found(ago: number, publishedAgo?: number): UpdateMark {
  const mark = { origin: 'periodic' as const, found: NOW - ago };
  return publishedAgo === undefined ? mark : { ...mark, publishedBefore: NOW - publishedAgo };
}

function usable(version: string, mark: UpdateMark | undefined, others: readonly MarkedVersion[] = []): boolean {
  const candidate = { version, mark };
  return isUsable(candidate, [candidate, ...others], NOW);
}

describe("a version that was found behind a user's back", () => {
  test('is used 28 days after it was published, to the millisecond', () => {
    expect(usable('30.0', found(2 * HOUR, 28 * DAY))).toBe(true);
    expect(usable('30.0', found(2 * HOUR, 28 * DAY - 1))).toBe(false);
  });

  test('is used 28 days after it was found where no date is known', () => {
    expect(usable('30.0', found(28 * DAY))).toBe(true);
    expect(usable('30.0', found(28 * DAY - 1))).toBe(false);
  });

  test('is not used within an hour, however old', () => {
    expect(usable('30.0', found(HOUR, 90 * DAY))).toBe(false);
    expect(usable('30.0', found(HOUR + 1, 90 * DAY))).toBe(true);
  });

  test('is used after an hour when it is a patch of what is used already', () => {
    expect(usable('30.0.2', found(2 * HOUR, DAY), [{ version: '30.0.1', mark: undefined }])).toBe(true);
    expect(usable('30.0.2', found(2 * HOUR, DAY), [{ version: '30.0.1', mark: found(2 * HOUR, 30 * DAY) }])).toBe(true);
    expect(usable('30.1', found(2 * HOUR, DAY), [{ version: '30.0.1', mark: undefined }])).toBe(false);
    expect(usable('30.0.2', found(2 * HOUR, DAY), [{ version: '30.0.1', mark: found(2 * HOUR, 20 * DAY) }])).toBe(
      false,
    );
  });

  test('never keeps what a user asked for from being used', () => {
    const mark = fc.record({ origin: fc.constant('manual' as const), found: fc.integer({ min: 0, max: 2 * NOW }) });
    fc.assert(
      fc.property(fc.option(mark, { nil: undefined }), fc.integer({ min: 0 }), (given, now) => {
        expect(isUsable({ version: '1.0', mark: given }, [], now)).toBe(true);
      }),
    );
  });
});

test.each([
  ['never', {}, true],
  ['14 days ago', { started: NOW - 14 * DAY, completed: NOW - 14 * DAY }, false],
  ['more than 14 days ago', { started: NOW - 15 * DAY, completed: NOW - 14 * DAY - 1 }, true],
  ['never, but begun an hour ago', { started: NOW - HOUR }, false],
  ['never, and begun more than an hour ago', { started: NOW - HOUR - 1 }, true],
  ['long ago, but begun again just now', { started: NOW - MINUTE, completed: NOW - 30 * DAY }, false],
] as const)('when it was last done %s, looking again is due: %j, %j', (_, state, expected) => {
  expect(isDue(state, NOW)).toBe(expected);
});

describe('in the cache', () => {
  /** A cache with these versions of demo, marked. */
  function cacheWith(
    wheels: readonly (readonly [version: string, mark: UpdateMark | string | undefined])[],
  ): LabContext {
    const directory = temporaryDirectory();
    for (const [version, mark] of wheels) {
      const wheel = makeWheel({ name: 'demo', version });
      const entry = `${wheel.sha256.slice(0, 16)}-${wheel.file}`;
      fill(join(directory, 'wheels/1', entry), [wheel]);
      if (mark === undefined) continue;
      mkdirSync(join(directory, 'wheel-updates/1'), { recursive: true });
      writeFileSync(
        join(directory, `wheel-updates/1/${entry}.json`),
        typeof mark === 'string' ? mark : JSON.stringify(mark),
      );
    }
    return makeContext({ cache: openCache({ directory }) });
  }

  async function chosen(context: LabContext, requirement = 'demo'): Promise<string | undefined> {
    const interpreter = interpreterOf('3.11.2', { platform: 'freebsd13' });
    const settings = settingsWith({ noPip: true, noSetuptools: true, seedPackage: [requirement] });
    const requests = requestSeeds(interpreter, settings);
    const [wheel] = await resolveWheels({ interpreter, requests, extraDirectories: [], download: false, context });
    return wheel?.version;
  }

  const fresh = { origin: 'periodic', found: Date.now() } as const;

  test('a fresh one is ignored, unless it is named', async () => {
    const context = cacheWith([
      ['1.0', undefined],
      ['2.0', fresh],
    ]);
    expect(await chosen(context)).toBe('1.0');
    expect(await chosen(context, 'demo==2.0')).toBe('2.0');
  });

  test('one that a user had fetched is taken', async () => {
    expect(
      await chosen(
        cacheWith([
          ['1.0', undefined],
          ['2.0', { origin: 'manual', found: Date.now() }],
        ]),
      ),
    ).toBe('2.0');
  });

  test('a mark that can not be read keeps its wheel waiting', async () => {
    expect(
      await chosen(
        cacheWith([
          ['1.0', undefined],
          ['2.0', '{"origin'],
        ]),
      ),
    ).toBe('1.0');
    expect(
      await chosen(
        cacheWith([
          ['1.0', undefined],
          ['2.0', '{}'],
        ]),
      ),
    ).toBe('1.0');
  });

  test('a mark without its wheel does no harm', async () => {
    const context = cacheWith([
      ['1.0', undefined],
      ['2.0', { origin: 'manual', found: 0 }],
    ]);
    for (const entry of readdirSync(join(context.cache.directory, 'wheels/1'))) {
      if (entry.includes('2.0')) context.cache.drop(`wheels/1/${entry}`);
    }
    expect(await chosen(context)).toBe('1.0');
  });
});

const [executable = '', version = ''] = execFileSync(
  'python3',
  ['-c', 'import sys; print(sys.executable); print(sys.version.split()[0])'],
  { encoding: 'utf8' },
).split('\n');
const real: Interpreter = interpreterOf(version, { executable, systemExecutable: executable });
const day = (ago: number) => new Date(Date.now() - ago * DAY).toISOString();

async function index(files: readonly OfferedFile[]) {
  const running = await serveIndex(files);
  onTestFinished(() => running.close());
  const env = {
    PATH: process.env.PATH,
    HOME: temporaryDirectory(),
    PIP_CONFIG_FILE: '/dev/null',
    PIP_INDEX_URL: running.url,
  };
  const context = makeContext({ env: { ...env, PIP_NO_CACHE_DIR: '1', PIP_RETRIES: '0' } });
  return { ...running, context };
}

const seeds = (recent: number): readonly OfferedFile[] => [
  { ...makeWheel({ name: 'pip', version: '901.0' }), uploadTime: day(60) },
  { ...makeWheel({ name: 'pip', version: '902.0' }), uploadTime: day(recent) },
  { ...makeWheel({ name: 'setuptools', version: '901.0' }), uploadTime: day(60) },
  { ...makeWheel({ name: 'wheel', version: '901.0' }), uploadTime: day(60) },
];

test('an upgrade puts the newest available, and says what failed', { timeout: 120_000 }, async () => {
  const { context } = await index(seeds(1).filter(({ file }) => !file.startsWith('wheel')));
  const results = await upgradeSeedWheels({ interpreter: real, context, pythons: ['3.11'] });
  expect(results).toMatchObject([
    { name: 'pip', python: '3.11', newest: '902.0' },
    { name: 'setuptools', newest: '901.0' },
    { name: 'wheel', failure: expect.stringContaining('No matching distribution found for wheel') },
  ]);
  const requests = requestSeeds(real, settingsWith({ setuptools: 'none' }));
  const [pip] = await resolveWheels({ interpreter: real, requests, extraDirectories: [], download: false, context });
  expect(pip?.version).toBe('902.0');
});

test('a run that is told to has a process look for updates, once', { timeout: 120_000 }, async () => {
  const { context } = await index(seeds(1));
  const requests = requestSeeds(real, settingsWith({ setuptools: 'none' }));
  expect(updatable(requests)).toEqual(['pip']);
  // What is started runs a module of ours, which Node can only read when it is built.
  const script = await bundleScript(TRIGGER, temporaryDirectory());
  const job = { names: ['pip'], interpreter: real, env: context.env, directory: context.cache.directory };
  const trigger = () => execFileSync(process.execPath, [script, JSON.stringify(job)]);
  trigger();
  const [major, minor] = version.split('.');
  const state = join(context.cache.directory, `update-state/1/pip-${major}.${minor}.json`);
  const before = readFileSync(state, 'utf8');
  trigger();
  expect(readFileSync(state, 'utf8')).toBe(before);
  for (let tries = 0; tries < 600 && !readFileSync(state, 'utf8').includes('completed'); tries += 1) await wait(100);
  expect(JSON.parse(readFileSync(state, 'utf8'))).toEqual({
    started: expect.any(Number),
    completed: expect.any(Number),
  });

  // Both were found: the newest waits, and the one that was out long enough does so for an hour.
  const marks = readdirSync(join(context.cache.directory, 'wheel-updates/1')).sort();
  expect(marks.map((name) => name.slice(17))).toEqual(expect.arrayContaining([expect.stringContaining('pip-902.0')]));
  const find = () => resolveWheels({ interpreter: real, requests, extraDirectories: [], download: false, context });
  expect((await find()).map((wheel) => wheel.version)).not.toContain('902.0');
  for (const name of marks) {
    const path = join(context.cache.directory, 'wheel-updates/1', name);
    const mark = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...mark, found: mark.found - 2 * HOUR }));
  }
  // pip 26 and later, and indexes that keep dates, can tell how long a version has been out.
  const knowsDates = marks.some((name) => name.includes('pip-901.0'));
  expect((await find()).map((wheel) => wheel.version)).toEqual([
    knowsDates ? '901.0' : expect.not.stringMatching(/^90/),
  ]);
});

test('nothing is started where the cache can not be written', async () => {
  const directory = join(temporaryDirectory(), 'cache');
  const context = makeContext({ cache: openCache({ directory, isReadOnly: true }) });
  await triggerUpdates({ names: ['pip'], interpreter: { ...real, systemExecutable: '/nowhere' }, context });
  expect(existsSync(directory)).toBe(false);
});

test("a wheel that was found and then asked for by name is the user's", { timeout: 120_000 }, async () => {
  const { context } = await index(seeds(1));
  // What is started runs a module of ours, which Node can only read when it is built.
  const script = await bundleScript(TRIGGER, temporaryDirectory());
  const job = { names: ['pip'], interpreter: real, env: context.env, directory: context.cache.directory };
  const trigger = () => execFileSync(process.execPath, [script, JSON.stringify(job)]);
  trigger();
  const [major, minor] = version.split('.');
  const state = join(context.cache.directory, `update-state/1/pip-${major}.${minor}.json`);
  for (let tries = 0; tries < 600 && !readFileSync(state, 'utf8').includes('completed'); tries += 1) await wait(100);
  const requests = requestSeeds(real, settingsWith({ setuptools: 'none' }));
  const supply = { interpreter: real, requests, extraDirectories: [], context };
  expect((await resolveWheels({ ...supply, download: true }))[0]?.version).toBe('902.0');
  expect((await resolveWheels({ ...supply, download: false }))[0]?.version).toBe('902.0');
});

test('a pre-release that was found is kept and skipped', async () => {
  const directory = temporaryDirectory();
  for (const version of ['1.0', '2.0rc1']) {
    const wheel = makeWheel({ name: 'demo', version });
    fill(join(directory, `wheels/1/${wheel.sha256.slice(0, 16)}-${wheel.file}`), [wheel]);
  }
  const context = makeContext({ cache: openCache({ directory }) });
  const requests = requestSeeds(
    real,
    settingsWith({ noPip: true, setuptools: 'none', noWheel: true, seedPackage: ['demo'] }),
  );
  const [wheel] = await resolveWheels({ interpreter: real, requests, extraDirectories: [], download: false, context });
  expect(wheel?.version).toBe('1.0');
  expect(readdirSync(join(directory, 'wheels/1'))).toHaveLength(2);
});
