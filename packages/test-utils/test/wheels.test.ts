import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
