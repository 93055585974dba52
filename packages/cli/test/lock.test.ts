import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePylock } from '@vivarium/pylock';
import { makeSdist, sourceTree } from '@vivarium/test-utils/make-sdist';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { findProgram } from '@vivarium/test-utils/programs';
import { anyPython } from '@vivarium/test-utils/pythons';
import { type IndexBehavior, type OfferedFile, serveIndex } from '@vivarium/test-utils/serve-index';
import { expect, onTestFinished, test } from 'vitest';
import { type LockOptions, lockPackages } from 'vivarium';
import { testDirectory } from './directory.ts';

const python = anyPython().executable;
const uv = findProgram('uv');

const app = makeWheel({
  name: 'app',
  version: '2.0',
  requires: ['dep>=1,<2', 'extra-dep; extra == "more"'],
  metadata: ['Provides-Extra: more'],
});
const dep = makeWheel({ name: 'dep', version: '1.5', requiresPython: '>=3.6' });
const newer = makeWheel({ name: 'dep', version: '2.0' });
const extra = makeWheel({ name: 'extra-dep', version: '0.1' });
const source = makeSdist({ name: 'from-source', version: '3.0' });

interface Setup {
  readonly options: LockOptions;
  readonly directory: string;
  readonly url: string;
}

async function setUp(
  files: readonly OfferedFile[] = [app, dep, newer, extra, source],
  behavior: IndexBehavior & { readonly login?: string } = {},
): Promise<Setup> {
  const index = await serveIndex(files, behavior);
  onTestFinished(() => index.close());
  const directory = testDirectory();
  const url = behavior.login === undefined ? index.url : index.url.replace('//', `//${behavior.login}@`);
  const env = {
    PATH: process.env.PATH,
    HOME: directory,
    PIP_INDEX_URL: url,
    PIP_RETRIES: '0',
    PIP_RESUME_RETRIES: '0',
    PIP_NO_CACHE_DIR: '1',
    PIP_CONFIG_FILE: '/dev/null',
  };
  const options = { cwd: directory, appData: join(directory, 'cache'), python, env };
  return { options, directory, url: index.url };
}

test('resolves requirements to a lock with the files that pip would install', async () => {
  const { options, directory, url } = await setUp();
  writeFileSync(join(directory, 'requirements.txt'), 'app[more]\n');
  const { text, packages, resolver } = await lockPackages({
    ...options,
    requirements: ['requirements.txt'],
    with: ['dep'],
  });
  expect(packages).toEqual([
    { name: 'app', version: '2.0' },
    { name: 'dep', version: '1.5' },
    { name: 'extra-dep', version: '0.1' },
  ]);
  expect(resolver).toMatch(/^pip \d/);
  const { lock, warnings } = parsePylock(text, { file: 'pylock.toml' });
  expect(warnings).toEqual([]);
  expect(lock.environments?.[0]).toMatch(/python_version == "\d\.\d+" and sys_platform == "\w+"$/);
  expect(lock.packages[1]).toMatchObject({
    name: 'dep',
    requiresPython: '>=3.6',
    source: {
      kind: 'files',
      wheels: [{ name: dep.file, url: new URL(`/files/${dep.file}`, url).href, hashes: { sha256: dep.sha256 } }],
    },
  });
});

test('does not see what is installed in the Python that resolves', async () => {
  const { options, directory } = await setUp();
  const environment = join(directory, 'env');
  execFileSync(python, ['-m', 'venv', '--without-pip', environment]);
  const { packages } = await lockPackages({
    ...options,
    python: join(environment, 'bin/python'),
    env: { ...options.env, PYTHONPATH: '/nowhere', PIP_TARGET: '/nowhere', PIP_REQUIREMENT: 'none.txt' },
    with: ['dep<2'],
  });
  expect(packages).toEqual([{ name: 'dep', version: '1.5' }]);
});

test('credentials of an index get neither into a lock nor into messages', async () => {
  const { options } = await setUp([app, dep], { credentials: 'me:s3cret', login: 'me:s3cret' });
  const { text } = await lockPackages({ ...options, with: ['app'] });
  expect(text).not.toMatch(/s3cret|me:|@/);
  const failure = lockPackages({ ...options, with: ['app==9'] });
  await expect(failure).rejects.toMatchObject({
    code: 'RESOLUTION_FAILED',
    message: expect.not.stringContaining('s3cret'),
  });
});

test('passes on why requirements contradict each other', async () => {
  const { options } = await setUp();
  const error = await lockPackages({ ...options, with: ['app', 'dep==2.0'] }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'RESOLUTION_FAILED', exitCode: 1 });
  expect(String(error)).toContain('app 2.0 depends on dep<2 and >=1');
  expect(String(error)).not.toMatch(/ResolutionImpossible|Traceback/);
});

test.each([
  ['-r x.txt', 'begins with a dash'],
  ['--index-url=http://x', 'begins with a dash'],
  ['a b', 'expected'],
  ['a\n-e .', 'line break'],
])('refuses %j as a requirement', async (spec, reason) => {
  const failure = lockPackages({ cwd: testDirectory(), python, with: [spec] });
  await expect(failure).rejects.toMatchObject({
    code: 'REQUIREMENT_INVALID',
    message: expect.stringContaining(reason),
  });
});

test('refuses to resolve nothing, and options that it does not have', async () => {
  await expect(lockPackages({ python })).rejects.toMatchObject({ code: 'REQUIREMENTS_EMPTY', exitCode: 2 });
  const wrong = { python, wiht: ['x'] } as LockOptions;
  await expect(lockPackages(wrong)).rejects.toMatchObject({
    code: 'SETTING_INVALID',
    hint: expect.stringContaining('`with`'),
  });
});

test('runs no code of packages unless builds are allowed', async () => {
  const { options, directory } = await setUp();
  const marker = join(directory, 'has-run');
  const tree = join(directory, 'tree');
  mkdirSync(tree);
  const whileBuilding = `open(${JSON.stringify(marker)}, "w").close()`;
  for (const { name, contents } of sourceTree({ name: 'tree', version: '1.0', whileBuilding })) {
    writeFileSync(join(tree, name), contents.replace('import base64', `${whileBuilding}\nimport base64`));
  }
  writeFileSync(join(directory, 'nested.txt'), `dep\n-e ${tree}\n`);
  writeFileSync(join(directory, 'outer.txt'), '-r nested.txt\n');
  writeFileSync(join(directory, 'binary.txt'), '--no-binary :all:\nfrom-source\n');
  const refused: Partial<LockOptions>[] = [
    { with: ['./tree'] },
    { with: [`tree @ file://${tree}`] },
    { with: ['git+https://example.invalid/x.git'] },
    { requirements: ['outer.txt'] },
    { requirements: ['binary.txt'] },
  ];
  for (const what of refused) {
    await expect(lockPackages({ ...options, ...what })).rejects.toMatchObject({
      code: 'BUILD_NOT_ALLOWED',
      hint: expect.stringContaining('allowBuild: true'),
    });
  }
  await expect(lockPackages({ ...options, with: ['from-source'] })).rejects.toMatchObject({
    code: 'RESOLUTION_FAILED',
    hint: expect.stringContaining('allowBuild: true'),
  });
  expect(existsSync(marker)).toBe(false);
});

test('locks source distributions and source trees where builds are allowed', async () => {
  const { options, directory } = await setUp();
  mkdirSync(join(directory, 'tree'));
  for (const { name, contents } of sourceTree({ name: 'tree', version: '1.0' })) {
    writeFileSync(join(directory, 'tree', name), contents);
  }
  const { text } = await lockPackages({ ...options, allowBuild: true, with: ['from-source', './tree'] });
  const { lock } = parsePylock(text);
  expect(lock.packages).toMatchObject([
    {
      name: 'from-source',
      version: '3.0',
      source: { kind: 'files', wheels: [], sdist: { hashes: { sha256: source.sha256 } } },
    },
    { name: 'tree', source: { kind: 'directory', path: join(directory, 'tree'), editable: false } },
  ]);
  expect(lock.packages[1]).not.toHaveProperty('version');
});

test('computes the hash of a file that no index has one for', async () => {
  const { options, directory } = await setUp();
  writeFileSync(join(directory, dep.file), dep.bytes);
  const { text } = await lockPackages({ ...options, with: [`./${dep.file}`] });
  expect(parsePylock(text).lock.packages).toMatchObject([
    { name: 'dep', source: { wheels: [{ path: join(directory, dep.file), hashes: { sha256: dep.sha256 } }] } },
  ]);
});

test('passes on what pip warns of', async () => {
  const yanked = { ...makeWheel({ name: 'gone', version: '1.0' }), yanked: 'broken' };
  const { options } = await setUp([app, dep, yanked]);
  const warnings: string[] = [];
  await lockPackages({ ...options, with: ['app[less]', 'gone==1.0'], onWarn: (message) => warnings.push(message) });
  expect(warnings).toEqual([
    expect.stringMatching(/app 2\.0 does not provide the extra .less/),
    'gone 1.0 was withdrawn by its author (yanked)',
  ]);
});

test.each(['error', 'down', 'wrong-hash', 'cut'] as const)(
  'says in one error that the index is unusable (%s)',
  async (kind) => {
    const offered = kind === 'wrong-hash' || kind === 'cut' ? { ...app, fault: kind } : app;
    const { options } = await setUp([offered, dep], kind === 'error' ? { fault: 'error' } : {});
    const env = kind === 'down' ? { ...options.env, PIP_INDEX_URL: 'http://127.0.0.1:9/simple/' } : options.env;
    await expect(lockPackages({ ...options, env, with: ['app'] })).rejects.toMatchObject({
      code: 'RESOLUTION_FAILED',
      message: expect.stringContaining('app'),
    });
  },
);

test.skipIf(uv === undefined)('resolves with uv, where it is installed', async () => {
  const { options, directory, url } = await setUp([app, dep, newer, extra], {
    credentials: 'me:s3cret',
    login: 'me:s3cret',
  });
  const env = { ...options.env, UV_DEFAULT_INDEX: options.env?.PIP_INDEX_URL, UV_CACHE_DIR: join(directory, 'uv') };
  writeFileSync(join(directory, 'uv.toml'), 'no-index = true\n');
  const { text, packages, resolver } = await lockPackages({ ...options, env, resolver: 'uv', with: ['app[more]'] });
  expect(resolver).toMatch(/^uv \d/);
  expect(packages.map(({ name, version }) => `${name} ${version}`)).toEqual(['app 2.0', 'dep 1.5', 'extra-dep 0.1']);
  expect(text).not.toMatch(/s3cret|me:|me@/);
  const { lock } = parsePylock(text);
  expect(lock.environments).toHaveLength(1);
  expect(lock.packages[1]?.source).toMatchObject({ wheels: [{ url: new URL(`/files/${dep.file}`, url).href }] });
  const conflict = lockPackages({ ...options, env, resolver: 'uv', with: ['app', 'dep==2.0'] });
  await expect(conflict).rejects.toMatchObject({ code: 'RESOLUTION_FAILED', message: expect.stringContaining('dep') });
});

test('says that uv is missing', async () => {
  const { options } = await setUp();
  const failure = lockPackages({ ...options, env: { PATH: '/nowhere' }, resolver: 'uv', with: ['app'] });
  await expect(failure).rejects.toMatchObject({ code: 'RESOLVER_NOT_FOUND' });
});
