import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

test('every test that SECURITY.md names is there', () => {
  const rows = readFileSync(`${REPOSITORY}/SECURITY.md`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  const titles = rows.flatMap((row) =>
    [...(row.split('|').at(-2) ?? '').matchAll(/"([^"]+)"/g)].map(([, title]) => title),
  );
  expect(titles.length).toBeGreaterThan(20);
  const tests = testFiles().map((path) => readFileSync(path, 'utf8'));
  expect(titles.filter((title) => !tests.some((text) => text.includes(String(title))))).toEqual([]);
});

function testFiles(): readonly string[] {
  const packages = readdirSync(`${REPOSITORY}/packages`).map((name) => `${REPOSITORY}/packages/${name}`);
  return [...packages.map((directory) => `${directory}/test`), `${REPOSITORY}/packages/testkit/src`]
    .flatMap((directory) => list(directory).map((name) => `${directory}/${name}`))
    .filter((path) => path.endsWith('.ts'));
}

function list(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter(
      (name) => !name.includes('node_modules'),
    );
  } catch {
    return [];
  }
}
