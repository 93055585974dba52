import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatPylock, type LockedPackage } from '@vivarium/pylock';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { anyPython } from '@vivarium/test-utils/pythons';
import { type FileFault, type IndexBehavior, serveIndex } from '@vivarium/test-utils/serve-index';
import { expect, onTestFinished, test } from 'vitest';
import { createEnvironment, type EnvironmentOptions } from 'vivarium';
import { testDirectory } from './directory.ts';

const python = anyPython().executable;
const wheelOf = (name: string) => makeWheel({ name, version: '1.0' });

interface Setup {
  readonly options: EnvironmentOptions & { readonly destination: string };
  readonly directory: string;
  /** Writes a lock of some packages, and gives its path. */
  lock(...names: readonly string[]): string;
}

/** An index with the packages a to f, where those that are named are served with a fault. */
async function setUp(
  faults: Readonly<Record<string, FileFault>> = {},
  behavior: IndexBehavior = {},
  variables: Readonly<Record<string, string>> = { PIP_RETRIES: '0', PIP_RESUME_RETRIES: '0' },
): Promise<Setup> {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const index = await serveIndex(
    names.map((name) => ({ ...wheelOf(name), fault: faults[name] })),
    behavior,
  );
  onTestFinished(() => index.close());
  const directory = testDirectory();
  const lock = (...wanted: readonly string[]): string => {
    const path = join(directory, `pylock.${wanted.join('')}.toml`);
    const packages = wanted.map((name): LockedPackage => {
      const { file, sha256, bytes } = wheelOf(name);
      const wheel = { name: file, url: index.fileUrl(file), size: bytes.length, hashes: { sha256 } };
      return { name, version: '1.0', source: { kind: 'files', wheels: [wheel] } };
    });
    const head = { lockVersion: '1.0', createdBy: 'test', extras: [], dependencyGroups: [], defaultGroups: [] };
    writeFileSync(path, formatPylock({ ...head, packages }));
    return path;
  };
  const env = {
    PATH: process.env.PATH,
    HOME: directory,
    PIP_NO_CACHE_DIR: '1',
    PIP_CONFIG_FILE: '/dev/null',
    ...variables,
  };
  const appData = join(directory, 'cache');
  // Nothing may still be at work in the cache when it is removed.
  const pluginSettings = { compileSeeds: 'never' } as const;
  return {
    options: { destination: 'env', cwd: directory, appData, python, env, pluginSettings, seeder: false as const },
    directory,
    lock,
  };
}

test.each<[FileFault | 'down', string]>([
  ['cut', 'DOWNLOAD_FAILED'],
  ['missing', 'DOWNLOAD_FAILED'],
  ['error', 'DOWNLOAD_FAILED'],
  ['wrong-content', 'DOWNLOAD_FAILED'],
  ['down', 'DOWNLOAD_FAILED'],
])('one file that can not be had (%s) leaves no environment, and the old one as it was', async (fault, code) => {
  const { options, directory, lock } = await setUp(fault === 'down' ? {} : { c: fault });
  const { paths } = await createEnvironment({ ...options, lock: lock('a') });
  const before = readdirSync(join(directory, 'env'), { recursive: true }).sort();
  const path = lock('a', 'b', 'c');
  if (fault === 'down') {
    const elsewhere = join(directory, 'pylock.down.toml');
    writeFileSync(elsewhere, readFileSync(path, 'utf8').replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:9'));
    await expect(createEnvironment({ ...options, lock: elsewhere })).rejects.toMatchObject({ code });
  } else {
    await expect(createEnvironment({ ...options, lock: path })).rejects.toMatchObject({ code });
    await expect(createEnvironment({ ...options, destination: 'new', lock: path })).rejects.toMatchObject({ code });
  }
  expect(existsSync(join(directory, 'new'))).toBe(false);
  expect(readdirSync(join(directory, 'env'), { recursive: true }).sort()).toEqual(before);
  expect(readdirSync(paths.purelib)).not.toContain('b');
});

test('a download that is interrupted is taken up again', async () => {
  const { options, lock } = await setUp({ b: 'cut-once' }, {}, {});
  const { paths } = await createEnvironment({ ...options, lock: lock('a', 'b') });
  expect(readdirSync(paths.purelib)).toEqual(expect.arrayContaining(['a', 'b']));
});

test('an index that is slow is waited for', async () => {
  const { options, lock } = await setUp({}, { fault: 'slow' });
  const { paths } = await createEnvironment({ ...options, lock: lock('a', 'b') });
  expect(readdirSync(paths.purelib)).toEqual(expect.arrayContaining(['a', 'b']));
});

test('several at once, with packages in common and an empty cache, do not disturb each other', async () => {
  const { options, lock } = await setUp();
  const lists = [
    ['a', 'b', 'c'],
    ['b', 'c', 'd'],
    ['c', 'd', 'e'],
    ['f', 'a', 'c'],
  ];
  const created = await Promise.all(
    lists.map((names, index) => createEnvironment({ ...options, destination: `env${index}`, lock: lock(...names) })),
  );
  for (const [index, { paths }] of created.entries()) {
    const names = readdirSync(paths.purelib).filter((name) => /^[a-f]$/.test(name));
    expect(names.sort()).toEqual([...(lists[index] ?? [])].sort());
  }
});
