import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Interpreter, isVivariumError, openCache } from '@vivarium/core/host';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { type OfferedFile, type RunningIndex, serveIndex } from '@vivarium/test-utils/serve-index';
import { requestSeeds, resolveWheels, type SeedSettings, type SeedWheel } from '@vivarium/wheel-resolver';
import { describe, expect, test } from 'vitest';
import { fill, interpreterOf, type LabContext, makeContext, settingsWith, temporaryDirectory } from './lab.ts';

const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable); print(sys.version.split()[0])'], {
  encoding: 'utf8',
}).split('\n');
const [executable = '', version = ''] = python;
const interpreter: Interpreter = interpreterOf(version, { executable, systemExecutable: executable });

const demo = makeWheel({ name: 'demo', version: '1.0' });
const newer = makeWheel({ name: 'demo', version: '2.0', requires: ['helper==3.0'] });
const helper = makeWheel({ name: 'helper', version: '3.0' });

interface Outcome {
  readonly wheels: readonly SeedWheel[];
  readonly context: LabContext;
  readonly index: RunningIndex;
  readonly cacheDirectory: string;
}

const only = { noPip: true, noSetuptools: true, noWheel: true };

/** What pip is told for a run of its own: no configuration, no cache, one try. */
function surroundings(url: string) {
  const pip = { PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: url, PIP_NO_CACHE_DIR: '1', PIP_RETRIES: '0' };
  const env = { PATH: process.env.PATH, HOME: temporaryDirectory(), ...pip, PIP_RESUME_RETRIES: '0', PIP_TIMEOUT: '1' };
  return { env: { ...env, PYTHONPATH: '/nowhere' }, cacheDirectory: join(temporaryDirectory(), 'cache') };
}

/** Supplies `demo` with pip pointed at an index that offers these files. */
async function supply(files: readonly OfferedFile[], settings: Partial<SeedSettings>): Promise<Outcome> {
  const index = await serveIndex(files);
  const { env, cacheDirectory } = surroundings(index.url);
  const context = makeContext({ cache: openCache({ directory: cacheDirectory }), env });
  const all = settingsWith({ ...only, seedPackage: ['demo'], ...settings });
  const requests = requestSeeds(interpreter, all);
  try {
    const extraDirectories = all.extraSearchDir ?? [];
    const wheels = await resolveWheels({ interpreter, requests, extraDirectories, download: all.download, context });
    return { wheels, context, index, cacheDirectory };
  } catch (error) {
    // Whatever went wrong, nothing of it is kept.
    expect(existsSync(join(cacheDirectory, 'wheels'))).toBe(false);
    throw error;
  } finally {
    await index.close();
  }
}

describe('with --download', () => {
  test('the newest is fetched into the cache, with what it needs, although an older one is available', async () => {
    const extraSearchDir = [fill(temporaryDirectory(), [demo])];
    const { wheels, cacheDirectory } = await supply([demo, newer, helper], { download: true, extraSearchDir });
    expect(wheels.map((wheel) => `${wheel.name} ${wheel.version}`)).toEqual(['demo 2.0', 'helper 3.0']);
    expect(wheels.map(({ sha256 }) => sha256)).toEqual([newer.sha256, helper.sha256]);
    for (const wheel of wheels) expect(wheel.path.startsWith(cacheDirectory)).toBe(true);
    expect(readFileSync(wheels[0]?.path ?? '').equals(newer.bytes)).toBe(true);
    expect(readdirSync(join(cacheDirectory, 'wheels/1'))).toHaveLength(2);
  });

  test('nothing is fetched of an exact version that is available, nor of what is shipped', async () => {
    const extraSearchDir = [fill(temporaryDirectory(), [demo])];
    const { wheels, index } = await supply([demo, newer], {
      download: true,
      extraSearchDir,
      seedPackage: ['demo==1.0'],
    });
    expect(wheels).toMatchObject([{ version: '1.0', origin: 'extra-search-dir' }]);
    expect(index.requests).toEqual([]);
  });
});

describe('without it', () => {
  test('an exact version that is not available is fetched, and is available from then on', async () => {
    const { wheels, context, index } = await supply([demo, newer], { seedPackage: ['demo==1.0'] });
    expect(wheels).toMatchObject([{ version: '1.0', origin: 'cache', sha256: demo.sha256 }]);
    expect(index.requests.length).toBeGreaterThan(0);
    const requests = requestSeeds(
      interpreter,
      settingsWith({ noPip: true, noSetuptools: true, noWheel: true, seedPackage: ['demo'] }),
    );
    const again = await resolveWheels({ interpreter, requests, extraDirectories: [], download: false, context });
    expect(again).toEqual(wheels);
  });

  test('a name alone is not', async () => {
    await expect(supply([demo], {})).rejects.toMatchObject({ code: 'SEED_NOT_FOUND' });
  });
});

test('a version that was withdrawn is fetched when it is named, and that is said', async () => {
  const { wheels, context } = await supply([{ ...demo, yanked: 'it bites' }], { seedPackage: ['demo==1.0'] });
  expect(wheels).toMatchObject([{ version: '1.0' }]);
  expect(context.warnings.join('\n')).toMatch(/yanked/);
});

test('where the cache is read-only, a fetched wheel serves this run alone', async () => {
  const index = await serveIndex([demo]);
  const cache = openCache({ directory: join(temporaryDirectory(), 'cache'), isReadOnly: true });
  const env = {
    PATH: process.env.PATH,
    HOME: temporaryDirectory(),
    PIP_CONFIG_FILE: '/dev/null',
    PIP_INDEX_URL: index.url,
  };
  const context = makeContext({ cache, env });
  const requests = requestSeeds(
    interpreter,
    settingsWith({ noPip: true, noSetuptools: true, noWheel: true, seedPackage: ['demo==1.0'] }),
  );
  const [wheel] = await resolveWheels({ interpreter, requests, extraDirectories: [], download: false, context });
  expect(readFileSync(wheel?.path ?? '').equals(demo.bytes)).toBe(true);
  expect(existsSync(cache.directory)).toBe(false);
  cache.close();
  expect(existsSync(wheel?.path ?? '')).toBe(false);
  await index.close();
});

describe('an index whose certificate can not be trusted', () => {
  // What answers here speaks no TLS at all.
  test.each([['==1.0'], ['']])('is not asked another way: demo%s', async (range) => {
    const index = await serveIndex([demo]);
    const { env, cacheDirectory } = surroundings(index.url.replace('http:', 'https:'));
    const context = makeContext({ cache: openCache({ directory: cacheDirectory }), env });
    const requests = requestSeeds(interpreter, settingsWith({ ...only, seedPackage: [`demo${range}`] }));
    const supplied = resolveWheels({ interpreter, requests, extraDirectories: [], download: true, context });
    await expect(supplied).rejects.toMatchObject({ code: 'DOWNLOAD_FAILED' });
    expect(index.requests).toEqual([]);
    expect(existsSync(join(cacheDirectory, 'wheels'))).toBe(false);
    await index.close();
  });
});

describe('an index that', () => {
  test.each<readonly [string, readonly OfferedFile[], RegExp]>([
    ['has not the version', [newer], /No matching distribution found for demo==1.0/],
    ['knows nothing of it', [], /No matching distribution found for demo==1.0/],
    ['names a wrong hash', [{ ...demo, fault: 'wrong-hash' }], /.+/],
    ['cuts the file off', [{ ...demo, fault: 'cut' }], /.+/],
    ['stalls', [{ ...demo, fault: 'slow' }], /.+/],
    ['has a wheel of another distribution by that name', [{ ...demo, bytes: helper.bytes }], /.+/],
  ])('%s ends in one clear error', async (_, files, reason) => {
    const error = await supply(files, { seedPackage: ['demo==1.0'] }).catch((thrown: unknown) => thrown);
    expect(isVivariumError(error)).toBe(true);
    expect(error).toMatchObject({ code: expect.stringMatching(/^(DOWNLOAD_FAILED|WHEEL_INVALID)$/) });
    expect(String(error)).toMatch(reason);
    expect(String(error)).not.toMatch(/\n/);
  });

  test('is down ends in one too', async () => {
    const index = await serveIndex([]);
    await index.close();
    const env = { PATH: process.env.PATH, HOME: temporaryDirectory(), PIP_CONFIG_FILE: '/dev/null', PIP_RETRIES: '0' };
    const context = makeContext({ env: { ...env, PIP_INDEX_URL: index.url } });
    const requests = requestSeeds(
      interpreter,
      settingsWith({ noPip: true, noSetuptools: true, noWheel: true, seedPackage: ['demo==1'] }),
    );
    await expect(
      resolveWheels({ interpreter, requests, extraDirectories: [], download: false, context }),
    ).rejects.toMatchObject({
      code: 'DOWNLOAD_FAILED',
      hint: expect.stringContaining('pip config list'),
    });
  });
});
