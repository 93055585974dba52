import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePylock } from '@vivarium/pylock';
import { makeSdist, sourceTree } from '@vivarium/test-utils/make-sdist';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { anyPython } from '@vivarium/test-utils/pythons';
import { serveIndex } from '@vivarium/test-utils/serve-index';
import { expect, onTestFinished, test } from 'vitest';
import { createEnvironment, type EnvironmentOptions, ensureEnvironment } from 'vivarium';
import { testDirectory } from './directory.ts';

const python = anyPython().executable;
const app = makeWheel({ name: 'App', version: '2.0', requires: ['dep>=1,<2'] });
const dep = makeWheel({ name: 'dep', version: '1.5' });
const source = makeSdist({ name: 'from-source', version: '3.0' });

interface Setup {
  readonly options: EnvironmentOptions;
  readonly directory: string;
}

async function setUp(): Promise<Setup> {
  const index = await serveIndex([app, dep, source], { credentials: 'me:s3cret' });
  onTestFinished(() => index.close());
  const directory = testDirectory();
  const env = {
    PATH: process.env.PATH,
    HOME: directory,
    PIP_INDEX_URL: index.url.replace('//', '//me:s3cret@'),
    PIP_RETRIES: '0',
    PIP_NO_CACHE_DIR: '1',
    PIP_CONFIG_FILE: '/dev/null',
  };
  const pluginSettings = { compileSeeds: 'never' } as const;
  const options = {
    destination: 'env',
    cwd: directory,
    appData: join(directory, 'cache'),
    python,
    env,
    pluginSettings,
  };
  return { options, directory };
}

test('requirements become a lock, and its packages are in the environment', async () => {
  const { options, directory } = await setUp();
  writeFileSync(join(directory, 'requirements.in'), 'App\n');
  const { paths } = await createEnvironment({
    ...options,
    requirements: ['requirements.in'],
    writeLock: 'pylock.toml',
  });
  const text = readFileSync(join(directory, 'pylock.toml'), 'utf8');
  expect(parsePylock(text).lock.packages.map(({ name }) => name)).toEqual(['app', 'dep']);
  expect(readdirSync(paths.purelib)).toEqual(expect.arrayContaining(['App', 'dep', 'App-2.0.dist-info']));
  const isRequested = (name: string) => existsSync(join(paths.purelib, name, 'REQUESTED'));
  expect([isRequested('App-2.0.dist-info'), isRequested('dep-1.5.dist-info')]).toEqual([true, false]);
  const receipt = readFileSync(join(directory, 'env/vivarium-receipt.json'), 'utf8');
  expect(JSON.parse(receipt)).toMatchObject({
    list: { kind: 'pylock', file: join(directory, 'pylock.toml') },
    packages: expect.arrayContaining([expect.objectContaining({ name: 'dep', sha256: dep.sha256 })]),
  });
  expect(text + receipt).not.toMatch(/s3cret|me:/);
});

test('requirements count as unchanged while their text is the same, in files that they name too', async () => {
  const { options, directory } = await setUp();
  writeFileSync(join(directory, 'requirements.in'), '-c constraints.txt\ndep\n');
  writeFileSync(join(directory, 'constraints.txt'), 'dep<2\n');
  const ensure = async (changes: Partial<EnvironmentOptions> = {}) => {
    const { outcome: action } = await ensureEnvironment({ ...options, requirements: ['requirements.in'], ...changes });
    const receipt = JSON.parse(readFileSync(join(directory, 'env/vivarium-receipt.json'), 'utf8'));
    return { action, digest: receipt.list.requirements as string };
  };
  const first = await ensure();
  expect(first).toEqual({ action: 'created', digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  // The index is not asked: what it would answer is no part of the question.
  const offline = { env: { ...options.env, PIP_INDEX_URL: 'http://127.0.0.1:1/simple/' } };
  expect(await ensure(offline)).toEqual({ ...first, action: 'unchanged' });
  writeFileSync(join(directory, 'constraints.txt'), 'dep<3\n');
  const second = await ensure();
  expect(second.digest).not.toBe(first.digest);
  expect(await ensure(offline)).toEqual({ ...second, action: 'unchanged' });
});

test('what has no wheel is built where that is allowed, and says where it came from', async () => {
  const { options, directory } = await setUp();
  mkdirSync(join(directory, 'tree'));
  for (const { name, contents } of sourceTree({ name: 'tree', version: '1.0' })) {
    writeFileSync(join(directory, 'tree', name), contents);
  }
  const request = { ...options, with: ['from-source', './tree'] };
  await expect(createEnvironment(request)).rejects.toMatchObject({ code: 'BUILD_NOT_ALLOWED' });
  expect(existsSync(join(directory, 'env'))).toBe(false);
  const { paths } = await createEnvironment({ ...request, allowBuild: true, writeLock: 'pylock.toml' });
  const direct = JSON.parse(readFileSync(join(paths.purelib, 'tree-1.0.dist-info/direct_url.json'), 'utf8'));
  expect(direct).toEqual({ url: `file://${directory}/tree`, dir_info: {} });
  expect(existsSync(join(paths.purelib, 'from_source-3.0.dist-info/direct_url.json'))).toBe(false);

  const again = { ...options, destination: 'again', lock: join(directory, 'pylock.toml') };
  await expect(createEnvironment(again)).rejects.toMatchObject({
    code: 'LOCK_NOT_USABLE',
    hint: expect.stringContaining('allowBuild: true'),
  });
  await createEnvironment({ ...again, allowBuild: true });
});

test('what contradicts itself creates nothing', async () => {
  const { options, directory } = await setUp();
  const cases: readonly [Partial<EnvironmentOptions>, string][] = [
    [{ with: ['app'], lock: 'pylock.toml' }, 'PACKAGES_NOT_CLEAR'],
    [{ with: ['app'], offline: true }, 'PACKAGES_NOT_CLEAR'],
    [{ writeLock: 'pylock.toml' }, 'REQUIREMENTS_EMPTY'],
    [{ with: ['app'], writeLock: 'lock.toml' }, 'LOCK_NAME_INVALID'],
    [{ with: ['app==9'] }, 'RESOLUTION_FAILED'],
  ];
  for (const [what, code] of cases) {
    await expect(createEnvironment({ ...options, ...what })).rejects.toMatchObject({ code });
  }
  expect(readdirSync(directory)).not.toContain('env');
});
