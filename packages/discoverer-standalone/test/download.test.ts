import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isVivariumError, VivariumError } from '@vivarium/core/host';
import { installSpec } from '@vivarium/discoverer-standalone/managed';
import { parseSpec } from '@vivarium/discovery';
import { type FileServer, type ServerFault, serveFiles } from '@vivarium/test-utils/serve-files';
import { temporaryDirectory } from '@vivarium/test-utils/temporary-directory';
import { expect, onTestFinished, test } from 'vitest';
import { install } from '../src/install/install.ts';
import { contextIn, filesOf, listed, settingsIn, standIn, type TestBuild, writeManifest } from './store.ts';

const build = listed(await standIn());

async function serve(builds: readonly TestBuild[] = [build]): Promise<FileServer> {
  const server = await serveFiles(filesOf(builds));
  onTestFinished(() => server.close());
  return server;
}

interface Attempt {
  readonly mirrors: readonly string[];
  readonly directory?: string;
  readonly env?: Readonly<Record<string, string>>;
}

async function attempt({ mirrors, directory = temporaryDirectory(), env = {} }: Attempt) {
  const context = contextIn(directory, env);
  const settings = settingsIn(directory, { pythonMirror: mirrors });
  const manifest = { mirrors: [], license: 'PSF-2.0' };
  const outcome = await install({
    build: build.build,
    manifest,
    settings,
    context,
    patience: { stalledAfterMs: 300, pauseMs: 5 },
  }).catch((error: unknown) => {
    if (!isVivariumError(error)) throw error;
    return error;
  });
  const store = join(directory, 'pythons');
  return { outcome, context, store, directory };
}

function errorOf(outcome: unknown): VivariumError {
  if (outcome instanceof VivariumError) return outcome;
  throw new Error('It was installed');
}

/** What is in a store besides its mark and the directory of downloads. */
function content(store: string): readonly string[] {
  return readdirSync(store)
    .filter((name) => name !== '.vivarium-pythons' && name !== '.downloads')
    .sort();
}

const NAME = `cpython-3.12.16-20261110-${build.build.platform}`;
const LINK = `cpython-3.12-${build.build.platform}`;

for (const fault of [undefined, 'slow', 'redirect', 'cut-once'] as const) {
  test(`installs from a server that ${fault === undefined ? 'is in order' : `is ${fault}`}`, async () => {
    const server = await serve();
    server.fault = fault;
    const { outcome, store, context } = await attempt({ mirrors: [server.url] });
    expect(outcome).toMatchObject({ isNew: true, installed: { name: NAME, license: 'PSF-2.0' } });
    expect(content(store)).toEqual([LINK, NAME].sort());
    expect(readdirSync(join(store, '.downloads'))).toEqual([]);
    expect(context.progress).toEqual(expect.arrayContaining(['download', 'unpack', 'start']));
  });
}

const REFUSED: readonly (readonly [fault: ServerFault, says: RegExp])[] = [
  ['cut', /midway|ended after/],
  ['stalled', /nothing came for 0\.3 s/],
  ['short', /the server says that it has|ended after/],
  ['long', /the server says that it has|longer than/],
  ['wrong', /its SHA-256 is another/],
  ['loop', /more than 5 redirects/],
  ['elsewhere', /it redirects to/],
  [403, /the server answered 403/],
  [404, /the server answered 404/],
  [500, /the server answered 500/],
];
test.each(REFUSED)(
  'takes the next mirror where a server answers with %s, and names the fault where there is none',
  async (fault, says) => {
    const [bad, good] = [await serve(), await serve()];
    bad.fault = fault;
    const directory = temporaryDirectory();
    const { outcome, store } = await attempt({ mirrors: [bad.url], directory });
    const error = errorOf(outcome);
    expect(error).toMatchObject({ code: 'PYTHON_DOWNLOAD_FAILED', source: '--python-mirror' });
    expect(error.message).toMatch(says);
    expect(error.message).toContain(bad.url);
    expect(content(store)).toEqual([]);
    expect((await attempt({ mirrors: [bad.url, good.url], directory })).outcome).toMatchObject({ isNew: true });
  },
);

test('goes on where an earlier run was cut off, with a range', async () => {
  const server = await serve();
  server.fault = 'cut';
  const { directory, store } = await attempt({ mirrors: [server.url] });
  const part = join(store, '.downloads', `${build.build.sha256}.part`);
  const { size } = statSync(part);
  expect(size).toBeGreaterThan(0);
  server.fault = undefined;
  expect((await attempt({ mirrors: [server.url], directory })).outcome).toMatchObject({ isNew: true });
  expect(server.requests.at(-1)).toMatch(new RegExp(`bytes=${size}-$`));
});

for (const fault of ['no-range', 'wrong-range'] as const) {
  test(`begins again with a server that has ${fault}`, async () => {
    const server = await serve();
    server.fault = 'cut';
    const { directory } = await attempt({ mirrors: [server.url] });
    server.fault = fault;
    expect((await attempt({ mirrors: [server.url], directory })).outcome).toMatchObject({ isNew: true });
  });
}

test('begins again where what an earlier run left is of another file, or longer', async () => {
  const server = await serve();
  for (const length of [1000, build.bytes.length, build.bytes.length + 10]) {
    const directory = temporaryDirectory();
    server.fault = 'cut';
    const { store } = await attempt({ mirrors: [server.url], directory });
    writeFileSync(join(store, '.downloads', `${build.build.sha256}.part`), Buffer.alloc(length, 7));
    server.fault = undefined;
    expect((await attempt({ mirrors: [server.url], directory })).outcome).toMatchObject({ isNew: true });
  }
});

test('asks for nothing once all bytes are there', async () => {
  const server = await serve();
  server.fault = 404;
  const { store, directory } = await attempt({ mirrors: [server.url] });
  writeFileSync(join(store, '.downloads', `${build.build.sha256}.part`), build.bytes);
  const asked = server.requests.length;
  expect((await attempt({ mirrors: [server.url], directory })).outcome).toMatchObject({ isNew: true });
  expect(server.requests).toHaveLength(asked);
});

test('takes an archive out of a directory by its path, its name, or its hash alone', async () => {
  const name = decodeURIComponent(build.build.path);
  for (const place of [name, name.split('/')[1] ?? '', 'anything.tar.gz']) {
    const mirror = temporaryDirectory();
    mkdirSync(join(mirror, '20261110'));
    writeFileSync(join(mirror, 'other.tar.gz'), 'no archive');
    writeFileSync(join(mirror, place), build.bytes);
    for (const form of [mirror, `file://${mirror}`]) {
      const { outcome } = await attempt({ mirrors: [form] });
      expect(outcome).toMatchObject({ isNew: true, installed: { source: join(mirror, place) } });
    }
  }
});

test('says of a directory what is wrong with it', async () => {
  const mirror = temporaryDirectory();
  expect(errorOf((await attempt({ mirrors: [mirror] })).outcome).message).toContain(
    'it holds no archive with the SHA-256',
  );
  writeFileSync(join(mirror, decodeURIComponent(build.build.path).split('/')[1] ?? ''), 'something');
  expect(errorOf((await attempt({ mirrors: [mirror] })).outcome).message).toContain('its SHA-256 is another');
  const nowhere = join(mirror, 'nowhere');
  expect(errorOf((await attempt({ mirrors: [nowhere] })).outcome).message).toContain('ENOENT');
  expect(errorOf((await attempt({ mirrors: ['ftp://host/'] })).outcome).message).toContain('neither http:, https:');
});

test('says at once that there is no network, and what can be done without', async () => {
  const { outcome } = await attempt({ mirrors: ['http://nowhere.invalid/'] });
  const error = errorOf(outcome);
  expect(error.message).toContain('nowhere.invalid');
  expect(error.hint).toContain('--python-mirror takes a directory with the archive');
});

test('goes by the proxy that the variables name, and not for what NO_PROXY lists; no password is shown', async () => {
  const proxy = await serve();
  const mirror = 'http://archives.invalid/';
  const env = { http_proxy: proxy.url.replace('//', '//user:secret@') };
  expect((await attempt({ mirrors: [mirror], env })).outcome).toMatchObject({ isNew: true });
  expect(proxy.requests).toHaveLength(1);
  const around = await attempt({ mirrors: [mirror], env: { ...env, NO_PROXY: 'other.org, .invalid' } });
  expect(errorOf(around.outcome).message).not.toContain('proxy');
  expect(proxy.requests).toHaveLength(1);
  proxy.fault = 407;
  const refused = errorOf((await attempt({ mirrors: [mirror], env })).outcome);
  expect(refused.message).toContain('407');
  await proxy.close();
  const gone = errorOf(
    (await attempt({ mirrors: ['https://archives.invalid/'], env: { HTTPS_PROXY: env.http_proxy } })).outcome,
  );
  expect(gone.message).toMatch(/by the proxy http:\/\/127\.0\.0\.1:\d+\/ of HTTPS_PROXY/);
  expect(`${gone.message}${gone.hint}`).not.toContain('secret');
});

test('takes another manifest from a file and from an address, and names what is wrong with one', async () => {
  const directory = temporaryDirectory();
  const context = contextIn(directory);
  const server = await serveFiles({
    ...filesOf([build]),
    'list.json': readFileSync(writeManifest(directory, [build])),
  });
  onTestFinished(() => server.close());
  for (const pythonManifest of [join(directory, 'manifest.json'), `${server.url}list.json`]) {
    const settings = settingsIn(temporaryDirectory(), { pythonManifest, pythonMirror: [server.url] });
    const { installed } = await installSpec({ spec: parseSpec('3.12'), settings, context });
    expect(installed.name).toBe(NAME);
  }
  const broken = join(directory, 'broken.json');
  for (const [text, says] of [
    ['{', 'it is not JSON'],
    ['{"format":2}', '`format` is 2'],
    [
      readFileSync(join(directory, 'manifest.json'), 'utf8').replace(/"path":"[^"]*"/, '"path":"../x.tar.gz"'),
      '`path`',
    ],
  ] as const) {
    writeFileSync(broken, text);
    const settings = settingsIn(directory, { pythonManifest: broken });
    const failure = installSpec({ spec: undefined, settings, context });
    await expect(failure).rejects.toMatchObject({ code: 'PYTHON_MANIFEST_INVALID', source: '--python-manifest' });
    await expect(failure).rejects.toThrow(says);
  }
});

test('says what the manifest lacks', async () => {
  const directory = temporaryDirectory();
  const settings = settingsIn(directory, { pythonManifest: writeManifest(directory, [build]) });
  const failure = installSpec({ spec: parseSpec('3.99'), settings, context: contextIn(directory) });
  await expect(failure).rejects.toMatchObject({ code: 'PYTHON_BUILD_NOT_FOUND' });
  expect(existsSync(join(directory, 'pythons'))).toBe(false);
});

test('leaves a directory alone that is something else', async () => {
  const server = await serve();
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'pythons'));
  copyFileSync(import.meta.filename, join(directory, 'pythons', 'mine.ts'));
  expect(errorOf((await attempt({ mirrors: [server.url], directory })).outcome)).toMatchObject({
    code: 'PYTHON_STORE_NOT_WRITABLE',
  });
  expect(readdirSync(join(directory, 'pythons'))).toEqual(['mine.ts']);
});

test('does not go on with an archive that another process is cutting short', async () => {
  const server = await serve();
  server.fault = 'cut';
  const { store, directory } = await attempt({ mirrors: [server.url] });
  truncateSync(join(store, '.downloads', `${build.build.sha256}.part`), 10);
  server.fault = undefined;
  expect((await attempt({ mirrors: [server.url], directory })).outcome).toMatchObject({ isNew: true });
});
