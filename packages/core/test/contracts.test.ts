import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const file = fileURLToPath(new URL('types/wrong-plugins.ts', import.meta.url));

// Every line of the file that is marked is a mistake that an author can make; the compiler has to see each of them.
test('a plugin that does not fit its contract does not compile', () => {
  const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  const project = fileURLToPath(new URL('types', import.meta.url));
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', project, '--pretty', 'false'], { encoding: 'utf8' });
  const found = [...stdout.matchAll(/wrong-plugins\.ts\((\d+),/g)].map(([, line]) => Number(line));
  const lines = readFileSync(file, 'utf8').split('\n');
  const marked = lines.flatMap((line, index) => (line.includes('// wrong') ? [index + 1] : []));
  expect(marked.length).toBeGreaterThan(10);
  expect([...new Set(found)].sort((a, b) => a - b)).toEqual(marked);
});
