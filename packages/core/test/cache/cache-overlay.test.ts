import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanCache, openCache, openConfiguredCache, pruneCache } from '@vivarium/core/host';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testDirectory } from '../directory.ts';

/** Mounts an overlay whose lower layer is a directory that is filled first, and returns where; `undefined` if it can't be. */
function mountOverlay(fill: (lower: string) => void): string | undefined {
  const base = testDirectory();
  // An overlay does not take another as its upper layer, which the file system of a container may be.
  const mounts: string[] = [];
  const mount = (args: readonly string[], at: string): void => {
    execFileSync('mount', [...args, at], { stdio: 'ignore' });
    mounts.unshift(at);
  };
  onTestFinished(() => {
    for (const at of mounts) execFileSync('umount', [at]);
  });
  try {
    mount(['-t', 'tmpfs', 'tmpfs'], base);
    for (const name of ['lower', 'upper', 'work', 'merged']) mkdirSync(join(base, name));
    fill(join(base, 'lower'));
    const layers = `lowerdir=${base}/lower,upperdir=${base}/upper,workdir=${base}/work`;
    mount(['-t', 'overlay', 'overlay', '-o', layers], join(base, 'merged'));
    return join(base, 'merged');
  } catch {
    return undefined;
  }
}

/** A cache that comes from a lower layer: two images, one of them of an older form, and an entry that is a file. */
function mountCache(): string | undefined {
  const merged = mountOverlay((lower) => {
    const cache = openCache({ directory: join(lower, 'cache') });
    cache.writeText('interpreters/1/python.json', '{}');
    for (const name of ['images/1/old', 'images/2/new']) {
      mkdirSync(join(lower, 'cache', name, 'tree/inner'), { recursive: true, mode: 0o700 });
      for (const file of ['manifest.json', 'tree/inner/file']) writeFileSync(join(lower, 'cache', name, file), '{}');
    }
  });
  return merged === undefined ? undefined : join(merged, 'cache');
}

describe('a cache that comes from a lower layer of an overlay (skipped where none can be mounted)', () => {
  const cases: Readonly<Record<string, (cache: string) => void | Promise<void>>> = {
    'can be emptied': (cache) => {
      cleanCache(cache);
      expect(existsSync(cache)).toBe(false);
    },
    'can be pruned': (cache) => {
      expect(pruneCache(cache, { unusedForDays: 90 }).map(({ name }) => name)).toEqual(['images/1/old']);
      expect(readdirSync(join(cache, 'images/1'))).toEqual([]);
      expect(readdirSync(join(cache, 'images/2'))).toEqual(['new']);
    },
    'is emptied by --reset-app-data': (cache) => {
      const settings = { appData: cache, readOnlyAppData: false, resetAppData: true };
      openConfiguredCache({ settings, env: {}, warn: (message) => expect.fail(message) });
      expect(existsSync(cache)).toBe(false);
    },
    'loses an entry that is dropped, and gets it again under the same name': async (cache) => {
      const opened = openCache({ directory: cache, warn: (message) => expect.fail(message) });
      opened.drop('images/2/new');
      expect(opened.findDirectory('images/2/new')).toBeUndefined();
      const built = await opened.getDirectory('images/2/new', (directory) =>
        writeFileSync(join(directory, 'fresh'), ''),
      );
      expect(built).toEqual({ path: join(cache, 'images/2/new'), isTemporary: false });
      expect(readdirSync(built.path)).toEqual(['fresh']);
      expect(readdirSync(join(cache, 'images/2'))).toEqual(['new']);
    },
  };

  test.for(Object.entries(cases))('%s', async ([, check], { skip }) => {
    const cache = mountCache() ?? skip('no overlay can be mounted here');
    // What makes it different: such a directory can't be renamed.
    expect(() => renameSync(join(cache, 'images/2/new'), join(cache, 'images/2/other'))).toThrow(/EXDEV/);
    await check(cache);
  });
});

test('an entry that is dropped and cannot be removed is not used again by the run', async () => {
  const directory = join(testDirectory(), 'cache');
  await openCache({ directory }).getDirectory('images/1/a', (path) => writeFileSync(join(path, 'damaged'), ''));
  const cache = openCache({ directory, isReadOnly: true });
  expect(cache.findDirectory('images/1/a')).toBeDefined();
  cache.drop('images/1/a');
  expect(cache.findDirectory('images/1/a')).toBeUndefined();
  const { path, isTemporary } = await cache.getDirectory('images/1/a', (built) =>
    writeFileSync(join(built, 'fresh'), ''),
  );
  expect([isTemporary, readdirSync(path)]).toEqual([true, ['fresh']]);
  expect(cache.findDirectory('images/1/a')).toEqual({ path, isTemporary: true });
  cache.close();
  expect(readdirSync(join(directory, 'images/1/a'))).toEqual(['damaged']);
});
