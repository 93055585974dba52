import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSdist } from '@vivarium/test-utils/make-sdist';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import { serveIndex } from '@vivarium/test-utils/serve-index';
import { afterAll, expect, test } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'test-utils-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('makes wheels that Python finds whole', () => {
  const wheel = makeWheel({ name: 'demo', version: '1.0', files: [{ name: 'demo.py', contents: 'print("é")\n' }] });
  const path = join(directory, wheel.file);
  writeFileSync(path, wheel.bytes);
  const listing = execFileSync('python3', ['-m', 'zipfile', '-l', path], { encoding: 'utf8' });
  expect(listing).toContain('demo-1.0.dist-info/RECORD');
  expect(execFileSync('python3', ['-m', 'zipfile', '-t', path], { encoding: 'utf8' })).toContain('Done testing');
});

test('serves what pip can read, in both forms of the interface', async () => {
  const wheel = makeWheel({ name: 'demo', version: '1.0' });
  const index = await serveIndex([{ ...wheel, requiresPython: '>=3.6' }]);
  try {
    const page = await fetch(`${index.url}demo/`);
    expect(await page.text()).toContain(`#sha256=${wheel.sha256}`);
    const json = await fetch(`${index.url}demo/`, { headers: { accept: 'application/vnd.pypi.simple.v1+json' } });
    expect(await json.json()).toMatchObject({ files: [{ filename: wheel.file, hashes: { sha256: wheel.sha256 } }] });
    const file = await fetch(new URL(`/files/${wheel.file}`, index.url));
    expect(Buffer.from(await file.arrayBuffer()).equals(wheel.bytes)).toBe(true);
    expect(index.requests).toEqual(['/simple/demo/', '/simple/demo/', `/files/${wheel.file}`]);
  } finally {
    await index.close();
  }
});

test('makes source distributions that pip builds without an index', async () => {
  const sdist = makeSdist({ name: 'from-source', version: '2.0' });
  const path = join(directory, sdist.file);
  writeFileSync(path, sdist.bytes);
  const target = join(directory, 'built');
  const args = ['-m', 'pip', 'wheel', '--no-deps', '--no-index', '--quiet', '--wheel-dir', target, path];
  execFileSync('python3', args, { encoding: 'utf8', env: { ...process.env, PIP_DISABLE_PIP_VERSION_CHECK: '1' } });
  expect(readdirSync(target)).toEqual(['from_source-2.0-py2.py3-none-any.whl']);
});

test('misbehaves as it is told to', async () => {
  const wheel = (name: string) => makeWheel({ name, version: '1.0' });
  const files = (['cut', 'cut-once', 'wrong-content', 'missing', 'error'] as const).map((fault) => ({
    ...wheel(fault),
    fault,
  }));
  const index = await serveIndex(files);
  try {
    const get = (fault: string, headers = {}) =>
      fetch(index.fileUrl(`${fault.replace('-', '_')}-1.0-py2.py3-none-any.whl`), { headers });
    await expect(get('cut').then((response) => response.arrayBuffer())).rejects.toThrow();
    await expect(get('cut-once').then((response) => response.arrayBuffer())).rejects.toThrow();
    const rest = await get('cut-once', { range: 'bytes=10-' });
    expect(rest.status).toBe(206);
    expect(Buffer.from(await rest.arrayBuffer()).equals(wheel('cut-once').bytes.subarray(10))).toBe(true);
    const other = Buffer.from(await (await get('wrong-content')).arrayBuffer());
    expect(other).toHaveLength(wheel('wrong-content').bytes.length);
    expect(other.equals(wheel('wrong-content').bytes)).toBe(false);
    expect((await get('missing')).status).toBe(404);
    expect((await get('error')).status).toBe(500);
  } finally {
    await index.close();
  }
});

test('asks for credentials, and offers metadata by itself', async () => {
  const wheel = makeWheel({ name: 'demo', version: '1.0' });
  const index = await serveIndex([{ ...wheel, metadata: 'Name: demo\n' }], { credentials: 'me:secret' });
  try {
    expect((await fetch(`${index.url}demo/`)).status).toBe(401);
    const authorization = `Basic ${Buffer.from('me:secret').toString('base64')}`;
    const page = await fetch(`${index.url}demo/`, { headers: { authorization } });
    expect(await page.text()).toContain('data-core-metadata="sha256=');
    const metadata = await fetch(`${index.fileUrl(wheel.file)}.metadata`, { headers: { authorization } });
    expect(await metadata.text()).toBe('Name: demo\n');
  } finally {
    await index.close();
  }
});
