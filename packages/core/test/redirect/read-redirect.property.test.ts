import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readRedirect } from '@vivarium/core/host';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testDirectory } from '../directory.ts';

const LINE = fc
  .string({ unit: 'grapheme', minLength: 1 })
  .filter((text) => text.isWellFormed() && !/[\0\r\n\ufffd\ufeff]/.test(text));

test('a redirect names the text before the first line break, and what follows is ignored', () => {
  const directory = testDirectory();
  const file = join(directory, '.venv');
  const rest = fc.constantFrom('', '\n', '\r\n', '\nreserved', '\r\nreserved\n');
  fc.assert(
    fc.property(LINE, rest, (line, after) => {
      writeFileSync(file, line + after);
      expect(readRedirect(file)).toMatchObject({ target: resolve(directory, line), isOneLine: after === '\n' });
    }),
  );
});

test('a redirect says what it leads to', () => {
  const directory = testDirectory();
  const file = join(directory, '.venv');
  mkdirSync(join(directory, 'environment'));
  mkdirSync(join(directory, 'empty'));
  writeFileSync(join(directory, 'environment/pyvenv.cfg'), '');
  for (const [line, leadsTo] of [
    ['environment', 'environment'],
    ['empty', 'directory'],
    ['gone', 'nothing'],
  ]) {
    writeFileSync(file, `${line}\n`);
    expect(readRedirect(file)).toMatchObject({ leadsTo });
  }
});

test.each([
  ['', 'its first line is empty'],
  ['\nenvironment', 'its first line is empty'],
  ['a\0b', 'it is not a text in UTF-8'],
  ['\xff\xfea', 'its first line is empty'],
  ['caf\xe9', 'it is not a text in UTF-8'],
  ['x'.repeat(100_000), 'its first line is too long for a path'],
  ['.venv', 'which is not a directory'],
])('%j is not a redirect', (text, problem) => {
  const file = join(testDirectory(), '.venv');
  writeFileSync(file, text, 'latin1');
  expect(readRedirect(file)).toEqual({ file, problem: expect.stringContaining(problem) });
});

test('a file of another name and a directory are no redirects', () => {
  const directory = testDirectory();
  writeFileSync(join(directory, 'env.venv'), 'environment\n');
  mkdirSync(join(directory, '.venv'));
  expect(['env.venv', '.venv', 'gone/.venv'].map((name) => readRedirect(join(directory, name)))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
