import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { cacheEntries, cleanCache, openCache, pruneCache } from '@vivarium/core/host';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { afterCall, beforeCall, refuse } from '../apply/refused.ts';
import { contentOf, testDirectory } from '../directory.ts';
import { asOther, isRoot, OTHER } from './as-other.ts';

const MARK = 'CACHEDIR.TAG';

/** A cache with some entries that are files, and no warning of it. */
function makeCache(...names: readonly string[]) {
  const directory = join(testDirectory(), 'cache');
  const cache = openCache({ directory, warn: (message) => expect.fail(message) });
  for (const name of names) cache.writeText(name, 'text');
  return { directory, cache };
}

const fill = (built: string): void => writeFileSync(join(built, 'file'), '');

describe('another process that empties the cache', () => {
  test('makes a run build again what it has not finished', async () => {
    const { directory, cache } = makeCache();
    const build = vi.fn((built: string) => {
      if (build.mock.calls.length < 5) rmSync(directory, { recursive: true });
      fill(built);
    });
    const found = await cache.getDirectory('images/1/a', build);
    expect(found).toEqual({ path: join(directory, 'images/1/a'), isTemporary: false });
    expect(build).toHaveBeenCalledTimes(5);
    expect(readdirSync(directory)).toEqual([MARK, 'images']);
    expect(statSync(found.path).mode & 0o777).toBe(0o700);
  });

  test('over and over makes a run use a temporary directory', async () => {
    const directory = join(testDirectory(), 'cache');
    const warnings: string[] = [];
    const cache = openCache({ directory, warn: (message) => warnings.push(message) });
    const build = vi.fn(() => rmSync(directory, { recursive: true, force: true }));
    const { path, isTemporary } = await cache.getDirectory('images/1/a', build);
    expect([isTemporary, existsSync(path)]).toEqual([true, true]);
    expect(build).toHaveBeenCalledTimes(6);
    expect(warnings).toEqual([expect.stringContaining('ENOENT')]);
    cache.close();
  });

  test.each(['writeFileSync', 'renameSync'] as const)('does not keep a run from writing a file (%s)', (call) => {
    const { directory, cache } = makeCache('interpreters/1/other');
    beforeCall(
      call,
      (path) => path.includes('/interpreters/1/a.json.'),
      () => cleanCache(directory),
    );
    cache.writeText('interpreters/1/a.json', 'text');
    expect(readdirSync(directory)).toEqual([MARK, 'interpreters']);
    expect(cache.readText('interpreters/1/a.json')).toBe('text');
  });

  test('five times keeps a run from it', () => {
    const directory = join(testDirectory(), 'cache');
    const warnings: string[] = [];
    const cache = openCache({ directory, warn: (message) => warnings.push(message) });
    const attempts = vi.fn((staging: string) => rmSync(staging));
    refuse('renameSync', 'EIO', (from, to) => {
      if (to === join(directory, 'a')) attempts(from);
      return false;
    });
    cache.writeText('a', 'text');
    expect(attempts).toHaveBeenCalledTimes(5);
    expect(warnings).toEqual([expect.stringContaining("can't be written, a temporary one is used (ENOENT")]);
    expect(readdirSync(directory).filter((name) => name !== MARK)).toEqual([]);
  });

  test('and marks it as none at the last moment does not leave it without a mark', () => {
    const { directory, cache } = makeCache('interpreters/1/other');
    beforeCall(
      'mkdirSync',
      (path) => path === join(directory, 'compiled/1'),
      () => rmSync(join(directory, MARK)),
    );
    cache.writeText('compiled/1/a', 'text');
    expect(readdirSync(directory)).toContain(MARK);
  });

  test('while a run tries whether it can write does not matter', async () => {
    const { directory, cache } = makeCache('images/1/other');
    beforeCall(
      'rmSync',
      (path) => path.includes('/images/1/'),
      () => rmSync(join(directory, 'images'), { recursive: true }),
    );
    afterCall(
      'rmSync',
      (path) => path.includes('/images/1/'),
      () => mkdirSync(join(directory, 'images/1'), { recursive: true }),
    );
    expect(await cache.getDirectory('images/1/a', fill)).toMatchObject({ isTemporary: false });
  });
});

describe('a run that finds what another has done first', () => {
  test('uses an entry that the other has published', async () => {
    const { directory, cache } = makeCache();
    const { path } = await cache.getDirectory('images/1/a', (built) => {
      mkdirSync(join(directory, 'images/1/a'));
      writeFileSync(join(directory, 'images/1/a/theirs'), '');
      fill(built);
    });
    expect(contentOf(join(directory, 'images'))).toEqual({ '1/a/theirs': '' });
    expect(path).toBe(join(directory, 'images/1/a'));
  });

  test('leaves alone what the other has taken away of a killed run', async () => {
    const { directory, cache } = makeCache('images/1/killed.1-2.tmp');
    const killed = join(directory, 'images/1/killed.1-2.tmp');
    beforeCall(
      'lstatSync',
      (path) => path === killed,
      () => rmSync(killed),
    );
    expect(await cache.getDirectory('images/1/a', fill)).toMatchObject({ isTemporary: false });
    expect(readdirSync(join(directory, 'images/1'))).toEqual(['a']);
  });

  test('writes nothing through a link that it finds under a name of its own', () => {
    const { directory } = makeCache('images/1/a');
    const victim = join(testDirectory({ victim: 'mine' }), 'victim');
    const warnings: string[] = [];
    const cache = openCache({ directory, warn: (message) => warnings.push(message) });
    let planted = '';
    beforeCall(
      'writeFileSync',
      (path) => {
        planted = path;
        return path.includes('/interpreters/1/');
      },
      () => symlinkSync(victim, planted),
    );
    cache.writeText('interpreters/1/a', 'text');
    expect(contentOf(join(victim, '..'))).toEqual({ victim: 'mine' });
    expect(warnings).toEqual([expect.stringContaining('EEXIST')]);
  });
});

describe('what a build says', () => {
  test('about its own files that are missing is no reason to try again', async () => {
    const { directory } = makeCache();
    const build = vi.fn((built: string) => renameSync(join(built, 'none'), join(built, 'to')));
    const warnings: string[] = [];
    const cache = openCache({ directory, warn: (message) => warnings.push(message) });
    const error = {
      code: 'CACHE_NOT_WRITABLE',
      message: expect.stringMatching(
        /^Seed packages can't be unpacked: .*images\/1\/a can't be created \(ENOENT: .*\)$/,
      ),
      hint: 'Make room, or name another directory with --app-data or TMPDIR.',
      cause: expect.objectContaining({ code: 'ENOENT' }),
    };
    await expect(cache.getDirectory('images/1/a', build)).rejects.toMatchObject(error);
    expect(build).toHaveBeenCalledTimes(2);
    expect(warnings).toHaveLength(1);
    cache.close();
  });

  test.each([[new Error('not a wheel')], ['a text']])('is passed on as it is (%s)', async (thrown) => {
    const { directory, cache } = makeCache();
    const build = vi.fn((built: string) => {
      rmSync(built, { recursive: true });
      throw thrown;
    });
    await expect(cache.getDirectory('images/1/a', build)).rejects.toBe(thrown);
    expect(build).toHaveBeenCalledTimes(1);
    expect(readdirSync(join(directory, 'images/1'))).toEqual([]);
  });
});

describe('an entry that is a file', () => {
  test('is for this user alone', () => {
    const { directory } = makeCache('interpreters/1/a');
    expect(statSync(join(directory, 'interpreters/1/a')).mode & 0o777).toBe(0o600);
  });

  test('leaves nothing behind where it cannot be written, and stops the writing', () => {
    const { directory } = makeCache('interpreters/1/a/b');
    const warnings: string[] = [];
    const cache = openCache({ directory, warn: (message) => warnings.push(message) });
    cache.writeText('interpreters/1/a', 'text');
    cache.writeText('interpreters/1/c', 'text');
    expect(readdirSync(join(directory, 'interpreters/1'))).toEqual(['a']);
    expect(warnings).toEqual([expect.stringMatching(/can't be written, a temporary one is used \(.*rename/)]);
  });
});

describe('what is removed', () => {
  test('leaves its name at once; the other names have one ending, and are none of an entry', () => {
    const { directory } = makeCache('a', 'b.1-2.tmp', 'c.1-2.tmp.json', 'd.1.2.tmp');
    const names: string[] = [];
    refuse('renameSync', 'EXDEV', (_, to) => {
      names.push(basename(to));
      return false;
    });
    cleanCache(directory);
    const name = '[0-9a-z]+-[0-9a-z]+-[0-9]+';
    expect(names.sort()).toEqual(
      ['a', 'b', 'c.1-2.tmp.json', 'd.1'].map((kept) => expect.stringMatching(new RegExp(`^${kept}\\.${name}\\.tmp$`))),
    );
    expect(existsSync(directory)).toBe(false);
  });

  test('goes in its place where it cannot be renamed, what is in the way of a reader first', () => {
    const { directory, cache } = makeCache('images/1/a/tree/file', 'images/1/a/z-manifest.json');
    refuse('renameSync', 'EXDEV', (from) => from.endsWith('images/1/a'));
    const removed: string[] = [];
    refuse('unlinkSync', 'EIO', (path) => {
      removed.push(path.slice(directory.length + 1));
      return false;
    });
    cache.drop('images/1/a');
    expect(removed).toEqual(['images/1/a/z-manifest.json', 'images/1/a/tree/file']);
    expect(readdirSync(join(directory, 'images/1'))).toEqual([]);
  });

  test.each([
    ['lstatSync', 'file'],
    ['unlinkSync', 'file'],
    ['readdirSync', 'inner'],
    ['rmdirSync', 'inner'],
  ] as const)('may be removed by another process at the same time (before %s)', (call, name) => {
    const { directory } = makeCache('images/1/a/inner/file');
    beforeCall(
      call,
      (path) => path.endsWith(`.tmp/1/a/inner${name === 'file' ? '/file' : ''}`),
      () => {
        const [aside = ''] = readdirSync(directory).filter((entry) => entry !== MARK);
        rmSync(join(directory, aside, '1/a/inner', name === 'file' ? 'file' : ''), { recursive: true });
      },
    );
    cleanCache(directory);
    expect(existsSync(directory)).toBe(false);
  });

  test('goes by what Node has for it where files may be in use, as on Windows', () => {
    const { directory } = makeCache('images/1/a/inner/file', 'interpreters/1/b');
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'win32' });
    onTestFinished(() => void Object.defineProperty(process, 'platform', { value: platform }));
    const ways: string[] = [];
    refuse('unlinkSync', 'EIO', (path) => {
      ways.push(path);
      return false;
    });
    beforeCall(
      'rmSync',
      (path) => path.includes('/interpreters.'),
      () => {
        const [aside = ''] = readdirSync(directory).filter((entry) => entry.startsWith('interpreters.'));
        renameSync(join(directory, aside), join(directory, 'gone'));
      },
    );
    cleanCache(directory);
    expect(ways).toEqual([]);
    expect(readdirSync(directory)).toEqual([MARK, 'gone']);
  });

  test('may have been removed by another process before', () => {
    const { directory } = makeCache('images/1/a');
    beforeCall(
      'renameSync',
      (path) => path.endsWith('/images'),
      () => rmSync(join(directory, 'images'), { recursive: true }),
    );
    cleanCache(directory);
    expect(existsSync(directory)).toBe(false);
  });

  test('may get something more from another process, and goes with the next command then', () => {
    const { directory } = makeCache('images/1/a');
    beforeCall(
      'rmdirSync',
      (path) => path.endsWith('.tmp/1'),
      () => {
        const [aside = ''] = readdirSync(directory).filter((entry) => entry !== MARK);
        writeFileSync(join(directory, aside, '1/late'), '');
      },
    );
    cleanCache(directory);
    expect(readdirSync(directory)).toEqual([MARK, expect.stringMatching(/^images\..*\.tmp$/)]);
    cleanCache(directory);
    expect(existsSync(directory)).toBe(false);
  });

  test('is what the system says it is: an error that is none of a race is told, and the cache stays one', () => {
    const { directory } = makeCache('images/1/a', 'interpreters/1/b');
    refuse('unlinkSync', 'EIO');
    const refused = expect.objectContaining({
      code: 'CACHE_NOT_WRITABLE',
      message: expect.stringMatching(/cache can't be emptied: EIO: /),
      hint: 'What is left is still a cache: make it writable and run the command again.',
      cause: expect.objectContaining({ code: 'EIO' }),
    });
    expect(() => cleanCache(directory)).toThrow(refused);
    expect(readdirSync(directory)).toContain(MARK);
    expect(() => pruneCache(directory, { unusedForDays: -1 })).toThrow(refused);
  });
});

describe('a directory that was emptied', () => {
  test('is a cache again when another run has put an entry there in the meantime', () => {
    const { directory } = makeCache('images/1/a');
    beforeCall(
      'rmdirSync',
      (path) => path === directory,
      () => mkdirSync(join(directory, 'compiled')),
    );
    cleanCache(directory);
    expect(readdirSync(directory)).toEqual([MARK, 'compiled']);
  });

  test('stays empty where the system does not let it go', () => {
    const { directory } = makeCache('images/1/a');
    refuse('rmdirSync', 'EBUSY', (path) => path === directory);
    cleanCache(directory);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('may go in that moment', () => {
    const { directory } = makeCache('images/1/a');
    beforeCall(
      'rmdirSync',
      (path) => path === directory,
      () => mkdirSync(join(directory, 'compiled')),
    );
    // The mark is written into a directory that is none any more.
    beforeCall(
      'writeFileSync',
      (path) => path === join(directory, MARK),
      () => rmSync(directory, { recursive: true }),
    );
    cleanCache(directory);
    expect(existsSync(directory)).toBe(false);
  });

  test('is reported where its mark cannot be written again', () => {
    const { directory } = makeCache('images/1/a');
    beforeCall(
      'rmdirSync',
      (path) => path === directory,
      () => mkdirSync(join(directory, 'compiled')),
    );
    refuse('writeFileSync', 'ENOSPC');
    expect(() => cleanCache(directory)).toThrow(/ENOSPC/);
  });
});

test('an entry that becomes a link is not read any more; the directories above entries are looked at once', () => {
  const { directory } = makeCache('images/1/a', 'images/1/b', 'elsewhere/1/c');
  const looked: string[] = [];
  refuse('lstatSync', 'EIO', (path) => {
    if (path.startsWith(`${directory}/`)) looked.push(path.slice(directory.length + 1));
    return false;
  });
  const cache = openCache({ directory });
  expect([cache.readText('images/1/a'), cache.readText('images/1/b')]).toEqual(['text', 'text']);
  expect(looked).toEqual(['images', 'images/1', 'images/1/a', 'images/1/b']);
  rmSync(join(directory, 'images/1/a'));
  symlinkSync(join(directory, 'elsewhere/1/c'), join(directory, 'images/1/a'));
  expect(cache.readText('images/1/a')).toBeUndefined();
});

test('what the system does not let be created is tried once', () => {
  const directory = join(testDirectory(), 'a/cache');
  const warnings: string[] = [];
  const refused = refuse('mkdirSync', 'EACCES', (path) => path.startsWith(join(directory, '..')));
  openCache({ directory, warn: (message) => warnings.push(message) }).writeText('b', 'text');
  expect(refused.count).toBe(1);
  expect(warnings).toEqual([expect.stringContaining('EACCES')]);
});

test('the usage of a cache leaves out what goes away while it is looked at, and tells what cannot be read', () => {
  const { directory } = makeCache('images/1/a', 'images/1/b');
  beforeCall(
    'lstatSync',
    (path) => path.endsWith('images/1/a'),
    () => rmSync(join(directory, 'images/1/a')),
  );
  expect(
    cacheEntries(directory).map(({ name, files, bytes, lastUsed }) => [name, files, bytes === 0, lastUsed === 0]),
  ).toEqual([
    ['images/1/a', 0, true, true],
    ['images/1/b', 1, false, false],
  ]);
  refuse('readdirSync', 'EIO', (path) => path.endsWith('images'));
  expect(() => cacheEntries(directory)).toThrow(/EIO/);
});

describe.skipIf(!isRoot)('as a user to whom not everything belongs (skipped: only root can change users)', () => {
  test('a directory that may not be written becomes no cache, and the system says why', () => {
    const parent = testDirectory();
    chmodSync(parent, 0o755);
    const directory = join(parent, 'cache');
    mkdirSync(directory);
    const warnings: string[] = [];
    asOther(() => openCache({ directory, warn: (message) => warnings.push(message) }).writeText('a', ''));
    expect(warnings).toEqual([expect.stringContaining('EACCES')]);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('an entry that stays although it is dropped is not used again', () => {
    const parent = testDirectory();
    chmodSync(parent, 0o755);
    const directory = join(parent, 'cache');
    const filled = openCache({ directory });
    filled.writeText('images/1/a', 'text');
    chownSync(directory, OTHER, OTHER);
    chmodSync(join(directory, 'images'), 0o755);
    chmodSync(join(directory, 'images/1'), 0o755);
    const found = asOther(() => {
      const cache = openCache({ directory });
      const before = cache.findDirectory('images/1/a');
      cache.drop('images/1/a');
      return [before?.path, cache.findDirectory('images/1/a')];
    });
    expect(found).toEqual([join(directory, 'images/1/a'), undefined]);
  });
});
