import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheEntries, cleanCache, defaultCacheDirectory, openCache, pruneCache } from '@vivarium/core/host';
import { expect, onTestFinished, test, vi } from 'vitest';
import { contentOf, testDirectory } from '../directory.ts';

test('makes nothing on disk before there is something to keep, and then for this user alone', async () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory });
  expect(cache.readText('a/b.json')).toBeUndefined();
  expect(cache.findDirectory('images/x')).toBeUndefined();
  expect(existsSync(directory)).toBe(false);
  cache.writeText('a/b.json', '{}');
  expect(cache.readText('a/b.json')).toBe('{}');
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(directory, 'a'))).toEqual(['b.json']);
});

test('builds a directory once, also when twenty ask for it at the same time', async () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory });
  const build = async (path: string): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    writeFileSync(join(path, 'whole'), 'yes');
  };
  const found = await Promise.all(Array.from({ length: 20 }, () => cache.getDirectory('images/x', build)));
  expect(new Set(found.map((entry) => entry.path))).toEqual(new Set([join(directory, 'images/x')]));
  expect(readdirSync(join(directory, 'images'))).toEqual(['x']);
  expect(readFileSync(join(directory, 'images/x/whole'), 'utf8')).toBe('yes');
});

test.runIf(process.platform === 'linux')(
  'ends, and says why, where the system creates no directory (/proc)',
  async () => {
    const warnings: string[] = [];
    const cache = openCache({ directory: '/proc/none/cache', warn: (message) => warnings.push(message) });
    const { isTemporary } = await cache.getDirectory('images/x', () => {});
    cache.close();
    expect(isTemporary).toBe(true);
    expect(warnings).toEqual([expect.stringMatching(/^the cache \/proc\/none\/cache can't be written, .*ENOENT/)]);
  },
);

test('keeps nothing of a directory whose building failed', async () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory });
  const building = cache.getDirectory('images/x', (path) => {
    writeFileSync(join(path, 'half'), '');
    throw new Error('no more');
  });
  await expect(building).rejects.toThrow('no more');
  expect(readdirSync(join(directory, 'images'))).toEqual([]);
});

test('works without being written: what is missing is built in a temporary directory that goes away', async () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory, isReadOnly: true });
  cache.writeText('a', 'text');
  const { path, isTemporary } = await cache.getDirectory('images/x', (built) => writeFileSync(join(built, 'file'), ''));
  expect(isTemporary).toBe(true);
  expect(existsSync(join(path, 'file'))).toBe(true);
  expect(existsSync(directory)).toBe(false);
  cache.close();
  expect(existsSync(path)).toBe(false);
});

test('says once that its directory can not be written, and goes on with a temporary one', async () => {
  const file = join(testDirectory({ file: '' }), 'file');
  const warnings: string[] = [];
  const cache = openCache({ directory: join(file, 'cache'), warn: (message) => warnings.push(message) });
  const { isTemporary } = await cache.getDirectory('images/x', () => {});
  cache.writeText('a', 'b');
  expect(isTemporary).toBe(true);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(join(file, 'cache'));
  cache.close();
});

test('follows no link below its directory, neither reading nor writing', async () => {
  const directory = testDirectory({ 'elsewhere/x/planted': 'code', 'cache/images/real/file': '' });
  const root = join(directory, 'cache');
  for (const path of ['compiled', 'images/x']) symlinkSync(join(directory, 'elsewhere'), join(root, path));
  symlinkSync(join(directory, 'elsewhere/x/planted'), join(root, 'text'));
  const cache = openCache({ directory: root });
  expect(cache.readText('text')).toBeUndefined();
  expect(cache.readText('compiled/x/planted')).toBeUndefined();
  expect(cache.findDirectory('images/x')).toBeUndefined();
  cache.writeText('compiled/new', 'text');
  cache.drop('images/x');
  const { path, isTemporary } = await cache.getDirectory('compiled/y', (built) => writeFileSync(join(built, 'f'), ''));
  expect([isTemporary, existsSync(path)]).toEqual([true, true]);
  cache.close();
  expect(readdirSync(join(directory, 'elsewhere'))).toEqual(['x']);
});

test('builds elsewhere what the system refuses to write here, and says so', async () => {
  const directory = join(testDirectory(), 'cache');
  const warnings: string[] = [];
  const cache = openCache({ directory, warn: (message) => warnings.push(message) });
  let attempts = 0;
  const { isTemporary } = await cache.getDirectory('images/x', (built) => {
    attempts += 1;
    if (attempts === 1) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { syscall: 'write' });
    writeFileSync(join(built, 'file'), '');
  });
  expect(isTemporary).toBe(true);
  expect(warnings).toEqual([expect.stringContaining('ENOSPC')]);
  expect(readdirSync(join(directory, 'images'))).toEqual([]);
  cache.close();
});

test('drops an entry', async () => {
  const directory = join(testDirectory(), 'cache');
  mkdirSync(join(directory, 'images/x'), { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const cache = openCache({ directory });
  expect(cache.findDirectory('images/x')).toBeDefined();
  cache.drop('images/x');
  expect(readdirSync(join(directory, 'images'))).toEqual([]);
});

test.each([
  ['linux', { HOME: '/home/u' }, '/home/u/.local/share/vivarium'],
  ['linux', { HOME: '/home/u', XDG_DATA_HOME: '/data' }, '/data/vivarium'],
  ['linux', { HOME: '/home/u', XDG_DATA_HOME: 'relative' }, '/home/u/.local/share/vivarium'],
  ['darwin', { HOME: '/Users/u' }, '/Users/u/Library/Application Support/vivarium'],
  ['win32', { LOCALAPPDATA: 'C:\\Users\\u\\AppData\\Local' }, 'C:\\Users\\u\\AppData\\Local\\vivarium'],
  ['win32', { LOCALAPPDATA: '', USERPROFILE: 'C:\\Users\\u' }, undefined],
  ['win32', { USERPROFILE: 'C:\\Users\\u' }, 'C:\\Users\\u\\AppData\\Local\\vivarium'],
  ['win32', {}, undefined],
  ['darwin', { HOME: '/Users/u', XDG_DATA_HOME: '/data' }, '/data/vivarium'],
  ['linux', { HOME: 'relative' }, undefined],
  ['linux', { HOME: '.', XDG_DATA_HOME: '.' }, undefined],
] as const)('is by default on %s with %j at %s', (platform, env, directory) => {
  expect(defaultCacheDirectory(env, platform)).toBe(directory);
});

test('takes a directory for temporary files that can not be written for an error of its own', async () => {
  const missing = join(testDirectory(), 'none');
  vi.stubEnv('TMPDIR', missing);
  onTestFinished(() => void vi.unstubAllEnvs());
  const cache = openCache({ directory: undefined });
  const error = {
    code: 'CACHE_NOT_WRITABLE',
    message: expect.stringMatching(
      /^Seed packages can't be unpacked: no temporary directory can be created in .*none \(ENOENT: .*\)$/,
    ),
    hint: 'Make room, or name another directory with --app-data or TMPDIR.',
    cause: expect.objectContaining({ code: 'ENOENT' }),
  };
  await expect(cache.getDirectory('images/1/a', () => {})).rejects.toMatchObject(error);
});

test('without a directory, is one that goes away, and reads nothing that others have put where it might be', async () => {
  const directory = testDirectory({ 'vivarium-cache-none/images/1/a': 'planted' });
  vi.stubEnv('TMPDIR', directory);
  onTestFinished(() => void vi.unstubAllEnvs());
  const cache = openCache({ directory: undefined, warn: (message) => expect.fail(message) });
  expect(cache.directory).toBe(join(directory, 'vivarium-cache-none'));
  expect(cache.readText('images/1/a')).toBeUndefined();
  expect(cache.findDirectory('images/1/a')).toBeUndefined();
  cache.writeText('images/1/b', 'text');
  cache.drop('images/1/a');
  const builds = vi.fn((built: string) => writeFileSync(join(built, 'file'), ''));
  const first = await cache.getDirectory('images/1/c', builds);
  expect(first.path.startsWith(join(directory, 'vivarium-cache-'))).toBe(true);
  expect(statSync(join(first.path, '../../..')).mode & 0o777).toBe(0o700);
  // Once for a run: what was built is found again, and so is no other entry.
  expect(await cache.getDirectory('images/1/c', builds)).toEqual(first);
  expect(cache.findDirectory('images/1/c')).toEqual(first);
  expect(cache.findDirectory('images/1/d')).toBeUndefined();
  expect(builds).toHaveBeenCalledTimes(1);
  cache.close();
  expect(cache.findDirectory('images/1/c')).toBeUndefined();
  expect(contentOf(directory)).toEqual({ 'vivarium-cache-none/images/1/a': 'planted' });
  await cache.getDirectory('images/1/c', builds);
  expect(builds).toHaveBeenCalledTimes(2);
  cache.close();
});

test('tells of a directory that it is not used, once, and of each entry that is reached through a link', () => {
  const directory = testDirectory({ 'cache/text': 'text', 'cache/open/text': 'text', file: '' });
  const root = join(directory, 'cache');
  symlinkSync(join(root, 'open'), join(root, 'images'));
  const told: (readonly [string, string | undefined])[] = [];
  const warn = (message: string, code?: string): void => void told.push([message, code]);
  const cache = openCache({ directory: root, warn });
  expect(cache.readText('open/text')).toBe('text');
  expect(cache.readText('images/text')).toBeUndefined();
  expect(cache.readText('images/text')).toBeUndefined();
  const notice = `the cache entry ${join(root, 'images/text')} is not used, because there is a link on the way to it`;
  expect(told.splice(0)).toEqual([
    [notice, 'CACHE_NOT_USED'],
    [notice, 'CACHE_NOT_USED'],
  ]);
  chmodSync(root, 0o777);
  const open = openCache({ directory: root, warn });
  expect([open.readText('text'), open.readText('text'), open.findDirectory('open')]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  open.writeText('new', '');
  expect(told.splice(0)).toEqual([
    [`the cache ${root} is not used, because everyone may write to it`, 'CACHE_NOT_USED'],
  ]);
  openCache({ directory: join(directory, 'file'), warn }).writeText('a', '');
  openCache({ directory: '/dev/null/cache', warn }).writeText('a', '');
  expect(told.map(([, code]) => code)).toEqual(['CACHE_NOT_USED', 'CACHE_NOT_USED']);
  expect(readdirSync(root)).toEqual(['images', 'open', 'text']);
});

test('says in one sentence, with its code, that it can not be written', () => {
  const directory = testDirectory({ 'mine/letter': '' });
  const warn = vi.fn();
  const cache = openCache({ directory: join(directory, 'mine'), warn });
  skipWaits();
  cache.writeText('a', '');
  cache.writeText('b', '');
  expect(warn.mock.calls).toEqual([
    [
      expect.stringMatching(/^the cache .*mine can't be written, a temporary one is used \(it is not /),
      'CACHE_NOT_USED',
    ],
  ]);
  expect(contentOf(directory)).toEqual({ 'mine/letter': '' });
});

test('tells what its entries take, counting what they share once', async () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory });
  const { path } = await cache.getDirectory('images/1/a', (built) =>
    writeFileSync(join(built, 'file'), 'x'.repeat(40_000)),
  );
  await cache.getDirectory('compiled/1/a', (built) => linkSync(join(path, 'file'), join(built, 'file')));
  const entries = cacheEntries(directory);
  expect(entries.map(({ name, files }) => [name, files]).sort()).toEqual([
    ['compiled/1/a', 1],
    ['images/1/a', 1],
  ]);
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  expect(bytes).toBeGreaterThanOrEqual(40_000);
  expect(bytes).toBeLessThan(80_000);
});

const DAY_MS = 24 * 60 * 60 * 1000;

/** Lets a path be last of use some time ago. */
function age(path: string, ms: number): void {
  utimesSync(path, new Date(Date.now() - ms), new Date(Date.now() - ms));
}

test('tells what each entry takes on the disk, when one of its files was read last, and what was left half done', () => {
  const directory = testDirectory({
    'cache/images/2/a/deep/file': 'x'.repeat(10_000),
    'cache/images/2/a/other': 'x',
    'cache/images/2/half.1-2.tmp/file': '',
    'cache/interpreters/1/b.json': '{}',
    'cache/interpreters/file': '',
    'cache/CACHEDIR.TAG': '',
  });
  const cache = join(directory, 'cache');
  const at = (name: string): string => join(cache, 'images/2', name);
  utimesSync(at('a/deep/file'), 3000, 1000);
  utimesSync(at('a/other'), 2000, 9000);
  utimesSync(at('a/deep'), 9000, 9000);
  utimesSync(at('a'), 9000, 1000);
  for (const name of ['half.1-2.tmp/file', 'half.1-2.tmp']) age(at(name), 2 * 60 * 60 * 1000);
  const bytesOf = (...names: string[]): number => names.reduce((sum, name) => sum + statSync(at(name)).blocks * 512, 0);
  const entries = [...cacheEntries(cache)].sort((a, b) => (a.name < b.name ? -1 : 1));
  expect(entries).toEqual([
    {
      kind: 'images',
      form: 2,
      name: 'images/2/a',
      bytes: bytesOf('a', 'a/deep', 'a/deep/file', 'a/other'),
      files: 2,
      lastUsed: 3_000_000,
      isAbandoned: false,
    },
    expect.objectContaining({ name: 'images/2/half.1-2.tmp', files: 1, isAbandoned: true }),
    expect.objectContaining({
      kind: 'interpreters',
      form: 1,
      name: 'interpreters/1/b.json',
      files: 1,
      isAbandoned: false,
    }),
  ]);
  expect(cacheEntries(join(directory, 'none'))).toEqual([]);
});

test('an entry below one that is a file is none, and no link', () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory, warn: (message) => expect.fail(message) });
  cache.writeText('text', '');
  expect(cache.readText('text/below')).toBeUndefined();
  expect(cache.findDirectory('text/below/deeper')).toBeUndefined();
});

test('prunes what was not used for some days, and leaves the rest', async () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory });
  const ages = { old: 91, recent: 89, new: 0, 'half.1-2.tmp': 1 };
  for (const [name, days] of Object.entries(ages)) {
    const { path } = await cache.getDirectory(`images/1/${name}`, (built) => writeFileSync(join(built, 'f'), ''));
    for (const one of [join(path, 'f'), path]) age(one, days * DAY_MS);
  }
  expect(
    pruneCache(directory, { unusedForDays: 90 })
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['images/1/half.1-2.tmp', 'images/1/old']);
  expect(readdirSync(join(directory, 'images/1'))).toEqual(['new', 'recent']);
});

test('prunes what is kept in an older form than others of its kind', () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory });
  for (const name of ['images/2/a', 'images/10/b', 'interpreters/1/c', 'compiled/9/d', 'compiled/9/e']) {
    cache.writeText(name, '');
  }
  expect(pruneCache(directory, { unusedForDays: 90 }).map(({ name }) => name)).toEqual(['images/2/a']);
  expect(cacheEntries(directory).map(({ kind, form, name }) => [kind, form, name.split('/').at(-1)])).toEqual([
    ['compiled', 9, 'd'],
    ['compiled', 9, 'e'],
    ['images', 10, 'b'],
    ['interpreters', 1, 'c'],
  ]);
});

const SIGNATURE = 'Signature: 8a477f597d28d172789f06886806bc55';

/** Lets the time pass at once that is waited for other runs, and tells how often that was. */
function skipWaits(): { readonly count: number } {
  const wait = vi.spyOn(Atomics, 'wait').mockReturnValue('timed-out');
  onTestFinished(() => wait.mockRestore());
  return {
    get count() {
      return wait.mock.calls.length;
    },
  };
}

/** The mark of a cache. */
function ourMark(): string {
  const directory = join(testDirectory(), 'cache');
  openCache({ directory }).writeText('a', '');
  return readFileSync(join(directory, 'CACHEDIR.TAG'), 'utf8');
}

test.each([
  ['no mark', {}],
  ["cargo's mark", { 'CACHEDIR.TAG': `${SIGNATURE}\n# This file is a cache directory tag created by cargo.\n` }],
  [
    "an environment's mark",
    { 'CACHEDIR.TAG': `${SIGNATURE}\n# This directory is a Python virtual environment made by vivarium.\n` },
  ],
  [
    'a mark that begins as ours does',
    { 'CACHEDIR.TAG': `${SIGNATURE}\n# This directory is vivarium's cache. Or not.\n` },
  ],
  ['an empty mark', { 'CACHEDIR.TAG': '' }],
])('a directory with %s is neither emptied nor pruned nor written to', async (_, files) => {
  const home = join(testDirectory({ 'home/letters/1/dear': 'mine' }), 'home');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(home, name), text);
  const before = contentOf(home);
  const waits = skipWaits();
  const refused = expect.objectContaining({
    code: 'CACHE_NOT_MARKED',
    message: `${home} is not emptied, because its CACHEDIR.TAG does not say that it is vivarium's cache`,
    hint: 'Is --app-data right? vivarium writes that file into every cache that it creates.',
  });
  expect(() => cleanCache(home)).toThrow(refused);
  expect(() => pruneCache(home, { unusedForDays: 0 })).toThrow(refused);
  const warnings: string[] = [];
  const cache = openCache({ directory: home, warn: (message) => warnings.push(message) });
  cache.writeText('interpreters/1/x.json', '{}');
  const { isTemporary } = await cache.getDirectory('images/1/x', () => {});
  cache.close();
  expect(isTemporary).toBe(true);
  expect(warnings).toEqual([
    `the cache ${home} can't be written, a temporary one is used (it is not empty, and has no CACHEDIR.TAG that says it is vivarium's cache)`,
  ]);
  expect(contentOf(home)).toEqual(before);
  // Half a second each of the three times, if another run may just be writing the mark; not for a mark of others.
  expect(waits.count).toBe(Object.values(files).join('') === '' ? 27 : 0);
});

test.each(['emptied', 'written'])('a directory that another run is just marking as a cache is %s', (what) => {
  const text = ourMark();
  const directory = testDirectory({ 'images/1/a': '', 'CACHEDIR.TAG': text.slice(0, 20) });
  let looks = 0;
  const wait = vi.spyOn(Atomics, 'wait').mockImplementation(() => {
    looks += 1;
    if (looks === 9) writeFileSync(join(directory, 'CACHEDIR.TAG'), text);
    return 'timed-out';
  });
  onTestFinished(() => wait.mockRestore());
  if (what === 'emptied') cleanCache(directory);
  else openCache({ directory, warn: (message) => expect.fail(message) }).writeText('images/1/b', '');
  expect(wait.mock.calls.map((call) => call[3])).toEqual(Array.from({ length: 9 }, () => 50));
  expect(existsSync(directory) ? readdirSync(join(directory, 'images/1')) : 'gone').toEqual(
    what === 'emptied' ? 'gone' : ['a', 'b'],
  );
});

test('the mark is for this user alone, says that nothing is lost with the directory, and is written once', () => {
  const directory = join(testDirectory(), 'cache');
  openCache({ directory }).writeText('interpreters/1/a.json', '');
  const mark = join(directory, 'CACHEDIR.TAG');
  expect(readFileSync(mark, 'utf8')).toBe(
    `${SIGNATURE}\n# This directory is vivarium's cache. Everything in it can be built again.\n# Cache Directory Tagging Specification: https://bford.info/cachedir/\n`,
  );
  expect(statSync(mark).mode & 0o777).toBe(0o600);
  utimesSync(mark, 1, 1);
  openCache({ directory }).writeText('compiled/1/b', '');
  expect(statSync(mark).mtimeMs).toBe(1000);
});

test('a mark that is a link, a directory or a FIFO is none', () => {
  const directory = testDirectory();
  openCache({ directory: join(directory, 'cache') }).writeText('interpreters/1/x.json', '{}');
  const home = join(directory, 'home');
  mkdirSync(join(home, 'letters'), { recursive: true });
  const mark = join(home, 'CACHEDIR.TAG');
  const plant = [
    () => symlinkSync(join(directory, 'cache/CACHEDIR.TAG'), mark),
    () => mkdirSync(mark),
    ...(process.platform === 'win32' ? [] : [() => execFileSync('mkfifo', [mark])]),
  ];
  const waits = skipWaits();
  for (const one of plant) {
    rmSync(mark, { recursive: true, force: true });
    one();
    expect(() => cleanCache(home)).toThrow(expect.objectContaining({ code: 'CACHE_NOT_MARKED' }));
  }
  expect(waits.count).toBe(0);
});

test('an empty directory becomes a cache, and a cache that was marked stays one', async () => {
  const directory = testDirectory();
  mkdirSync(join(directory, 'cache'));
  const cache = openCache({ directory: join(directory, 'cache') });
  cache.writeText('interpreters/1/x.json', '{}');
  expect(openCache({ directory: join(directory, 'cache') }).readText('interpreters/1/x.json')).toBe('{}');
  openCache({ directory: join(directory, 'cache') }).writeText('interpreters/1/y.json', '{}');
  expect(readdirSync(join(directory, 'cache/interpreters/1'))).toEqual(['x.json', 'y.json']);
});

test('a file at its place is not emptied either, and is not one', () => {
  const directory = testDirectory({ file: 'text' });
  const refused = expect.objectContaining({
    code: 'CACHE_NOT_MARKED',
    message: expect.stringMatching(/file is not emptied, because it can't be read \(ENOTDIR: .*\)$/),
  });
  expect(() => cleanCache(join(directory, 'file'))).toThrow(refused);
});

test.runIf(process.getuid?.() === 0)(
  'what is mounted in it is not emptied (skipped: only root can mount)',
  ({ skip }) => {
    const directory = testDirectory();
    const cache = join(directory, 'cache');
    openCache({ directory: cache }).writeText('images/1/a', 'text');
    const inside = join(cache, 'images/1/volume');
    mkdirSync(inside);
    try {
      execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', inside], { stdio: 'ignore' });
    } catch {
      skip('nothing can be mounted here');
    }
    onTestFinished(() => {
      for (const line of readFileSync('/proc/self/mounts', 'utf8').split('\n')) {
        const path = line.split(' ')[1] ?? '';
        if (path.startsWith(directory)) execFileSync('umount', [path]);
      }
    });
    writeFileSync(join(inside, 'precious'), 'mine');
    const refused = expect.objectContaining({
      code: 'CACHE_NOT_WRITABLE',
      message: expect.stringMatching(/cache can't be emptied: .*volume is a mount point$/),
    });
    expect(() => cleanCache(cache)).toThrow(refused);
    const mounted = readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .find((line) => line.includes(directory));
    expect(readdirSync(mounted?.split(' ')[1] ?? '')).toEqual(['precious']);
  },
);

test('is emptied, and is gone then', () => {
  const directory = testDirectory({ 'home/letters/1/dear': 'mine' });
  const cache = openCache({ directory: join(directory, 'cache') });
  cache.writeText('interpreters/1/x.json', '{}');
  cleanCache(join(directory, 'cache'));
  expect(readdirSync(directory)).toEqual(['home']);
  cleanCache(join(directory, 'cache'));
});

test('takes away what a killed run has left half built an hour ago when an entry next to it is built, and nothing else', async () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory });
  const minutes = { 'killed.1-2.tmp': 61, 'at-work.3-4.tmp': 59, whole: 61 };
  for (const [name, ago] of Object.entries(minutes)) {
    const { path } = await cache.getDirectory(`images/1/${name}`, (built) => writeFileSync(join(built, 'f'), ''));
    age(path, ago * 60 * 1000);
  }
  await cache.getDirectory('images/1/a', (built) => writeFileSync(join(built, 'f'), ''));
  expect(readdirSync(join(directory, 'images/1'))).toEqual(['a', 'at-work.3-4.tmp', 'whole']);
});

test('is emptied also of what others have put aside, however long its name has become', async () => {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory });
  cache.writeText('interpreters/1/a.json', '{}');
  // 255 bytes, the most that a name may have on the file systems in use.
  mkdirSync(join(directory, `images.${'x'.repeat(244)}.tmp`));
  cleanCache(directory);
  expect(existsSync(directory)).toBe(false);
});
