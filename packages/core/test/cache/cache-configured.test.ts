import { chmodSync, chownSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { configuredCacheDirectory, openCache, openConfiguredCache } from '@vivarium/core/host';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testDirectory } from '../directory.ts';
import { isRoot, OTHER } from './as-other.ts';

type Settings = Parameters<typeof openConfiguredCache>[0]['settings'];
const NONE: Settings = { appData: undefined, readOnlyAppData: false, resetAppData: false };

/** Opens the cache of some settings, and returns it with what was said of it. */
function open(settings: Partial<Settings>, env: Readonly<Record<string, string>> = {}) {
  const warnings: (readonly [string, string | undefined])[] = [];
  const cache = openConfiguredCache({
    settings: { ...NONE, ...settings },
    env,
    warn: (message, code) => warnings.push([message, code]),
  });
  return { cache, warnings };
}

describe('the directory of the cache is', () => {
  test.each([
    [
      'what the option names',
      { appData: '/option' },
      { VIVARIUM_OVERRIDE_APP_DATA: '/override', HOME: '/home/u' },
      '/option',
    ],
    [
      'what our variable names',
      {},
      { VIVARIUM_OVERRIDE_APP_DATA: '/ours', VIRTUALENV_OVERRIDE_APP_DATA: '/theirs' },
      '/ours',
    ],
    ["what virtualenv's variable names", {}, { VIRTUALENV_OVERRIDE_APP_DATA: '/theirs', HOME: '/home/u' }, '/theirs'],
    ["the user's own", {}, { XDG_DATA_HOME: '/data', HOME: '/home/u' }, '/data/vivarium'],
    [
      "the user's own where a variable is empty",
      {},
      { VIVARIUM_OVERRIDE_APP_DATA: '', XDG_DATA_HOME: '/data' },
      '/data/vivarium',
    ],
    ['nowhere without a home', {}, { HOME: 'relative' }, undefined],
  ])('%s', (_, settings, env, directory) => {
    expect(configuredCacheDirectory({ settings: { ...NONE, ...settings }, env })).toBe(directory);
  });
});

test('without a home there is none, and a warning says so', () => {
  const { cache, warnings } = open({ resetAppData: true }, { HOME: 'relative' });
  cache.writeText('a', 'text');
  expect(cache.readText('a')).toBeUndefined();
  expect(warnings).toEqual([
    [
      'there is no home directory, so caching is disabled for this run (use --app-data to choose a directory)',
      'CACHE_NOT_USED',
    ],
  ]);
});

test('--reset-app-data empties it, and --read-only-app-data forbids that and all writing', () => {
  const appData = join(testDirectory(), 'cache');
  open({ appData }).cache.writeText('a', 'text');
  const contradiction = expect.objectContaining({
    code: 'CACHE_READ_ONLY',
    message: '--reset-app-data empties the cache, and --read-only-app-data forbids it',
    hint: 'Leave one of the two out.',
  });
  expect(() => open({ appData, resetAppData: true, readOnlyAppData: true })).toThrow(contradiction);
  open({ appData, readOnlyAppData: true }).cache.writeText('b', 'text');
  expect(readdirSync(appData)).toEqual(['CACHEDIR.TAG', 'a']);
  const { cache, warnings } = open({ appData, resetAppData: true });
  expect([existsSync(appData), warnings]).toEqual([false, []]);
  cache.writeText('c', 'text');
  expect(readdirSync(appData)).toEqual(['CACHEDIR.TAG', 'c']);
});

test('where users have no numbers, as on Windows, the home is taken as it is', () => {
  const home = testDirectory();
  const { getuid } = process;
  Object.assign(process, { getuid: undefined });
  onTestFinished(() => void Object.assign(process, { getuid }));
  const { cache, warnings } = open({}, { HOME: home });
  cache.writeText('a', 'text');
  expect([cache.readText('a'), warnings]).toEqual(['text', []]);
});

describe.skipIf(!isRoot)("as root with another user's home (skipped: only root)", () => {
  /** The home of another user, and the cache in it. */
  function makeHome() {
    const home = testDirectory({ 'home/.profile': '' });
    const env = { HOME: join(home, 'home') };
    chownSync(env.HOME, OTHER, OTHER);
    return { env, cache: join(env.HOME, '.local/share/vivarium') };
  }

  test('nothing is created there', () => {
    const { env } = makeHome();
    const { cache, warnings } = open({}, env);
    cache.writeText('a', 'text');
    expect(warnings).toEqual([
      [
        `${env.HOME} belongs to another user, so caching is disabled for this run (use --app-data to choose a directory)`,
        'CACHE_NOT_USED',
      ],
    ]);
    expect(readdirSync(env.HOME)).toEqual(['.profile']);
  });

  test('a cache that is named, or is there already, is judged by itself', () => {
    const { env, cache } = makeHome();
    const elsewhere = join(testDirectory(), 'cache');
    expect(open({ appData: elsewhere }, env).warnings).toEqual([]);
    const named = open({ appData: join(env.HOME, 'cache') }, env);
    expect(named.warnings).toEqual([]);
    chownSync(env.HOME, 0, 0);
    expect(open({}, env).warnings).toEqual([]);
    openCache({ directory: cache }).writeText('a', 'text');
    chownSync(env.HOME, OTHER, OTHER);
    const { cache: found, warnings } = open({}, env);
    expect(warnings).toEqual([]);
    expect(found.directory).toBe(cache);
  });

  test('another user is not asked whose it is', () => {
    const { env } = makeHome();
    const { getuid } = process;
    process.getuid = () => OTHER;
    try {
      const { cache, warnings } = open({}, env);
      expect(warnings).toEqual([]);
      cache.writeText('a', 'text');
      expect(cache.readText('a')).toBe('text');
    } finally {
      if (getuid !== undefined) process.getuid = getuid;
    }
  });
});

test('a cache without a listener for its warnings works as one with', async () => {
  const directory = testDirectory({ 'open/x': '', 'mine/letter': '' });
  chmodSync(join(directory, 'open'), 0o777);
  expect(openCache({ directory: join(directory, 'open') }).readText('x')).toBeUndefined();
  openCache({ directory: join(directory, 'mine/letter') }).writeText('x', '');
  const cache = openCache({ directory: join(directory, 'cache') });
  const { path } = await cache.getDirectory('images/1/a', () => {});
  expect(cache.findDirectory('images/1/a')).toEqual({ path, isTemporary: false });
});
