import { mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { planMode, resolveDestination } from '@vivarium/core';
import { expect, test } from 'vitest';
import { testDirectory } from './directory.ts';
import { cpython312 } from './example.ts';

test('makes a destination absolute and follows links, dangling ones too', () => {
  const directory = testDirectory();
  mkdirSync(join(directory, 'real'));
  symlinkSync('real', join(directory, 'link'));
  symlinkSync('nowhere/env', join(directory, 'dangling'));
  expect(resolveDestination('env', directory)).toBe(join(directory, 'env'));
  expect(resolveDestination('link', directory)).toBe(join(directory, 'real'));
  expect(resolveDestination('link/a/b', directory)).toBe(join(directory, 'real/a/b'));
  expect(resolveDestination('dangling', directory)).toBe(join(directory, 'nowhere/env'));
});

test.each([
  ['', 'DESTINATION_EMPTY'],
  ['file', 'DESTINATION_NOT_DIRECTORY'],
  ['file/env', 'DESTINATION_NOT_DIRECTORY'],
  ['a:b', 'DESTINATION_SEPARATOR_INVALID'],
  ['a\nb', 'DESTINATION_CHARACTER_INVALID'],
  ['a\0b', 'DESTINATION_CHARACTER_INVALID'],
  ['a\u2028b', 'DESTINATION_CHARACTER_INVALID'],
  ['a\u0085b', 'DESTINATION_CHARACTER_INVALID'],
  ['a\ud800b', 'DESTINATION_CHARACTER_INVALID'],
  ['a\ufffdb', 'DESTINATION_CHARACTER_INVALID'],
])('refuses %j as %s, as wrong usage', (text, code) => {
  const directory = testDirectory({ file: '' });
  expect(() => resolveDestination(text, directory)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
});

test('refuses links that lead in a circle', () => {
  const directory = testDirectory();
  symlinkSync('b', join(directory, 'a'));
  symlinkSync('a', join(directory, 'b'));
  expect(() => resolveDestination('a', directory)).toThrow(expect.objectContaining({ exitCode: 2 }));
});

const ask = (destination: string, more: object = {}) =>
  planMode({ destination, interpreter: cpython312, clear: false, force: false, allowExisting: false, ...more });
const refusal = (code: string) => expect.objectContaining({ code, exitCode: 2 });

test('creates where nothing or an empty directory stands', () => {
  const directory = testDirectory();
  expect(ask(join(directory, 'missing'))).toBe('create');
  expect(ask(directory)).toBe('create');
  expect(ask(directory, { clear: true })).toBe('create');
});

test('refreshes an environment of the same Python, and never mixes two', () => {
  const cfg = (version: string) => testDirectory({ 'pyvenv.cfg': `home = /x\nversion_info = ${version}.final.0\n` });
  expect(ask(cfg('3.12.7'))).toBe('refresh');
  expect(() => ask(cfg('3.11.7'))).toThrow(refusal('DESTINATION_PYTHON_MISMATCH'));
  expect(ask(cfg('3.11.7'), { clear: true })).toBe('replace');
  const pypy = testDirectory({ 'pyvenv.cfg': 'implementation = PyPy\nversion_info = 3.12.1\n' });
  expect(() => ask(pypy)).toThrow(refusal('DESTINATION_PYTHON_MISMATCH'));
});

test.each(['', 'no equals sign', '\0\u0001binary', 'version = '.repeat(100_000)])(
  'bears a pyvenv.cfg that says nothing: %#',
  (text) => {
    expect(ask(testDirectory({ 'pyvenv.cfg': text }))).toBe('refresh');
  },
);

test('writes into a directory with other things in it only where that is allowed', () => {
  const directory = testDirectory({ notes: 'mine' });
  expect(() => ask(directory)).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
  expect(ask(directory, { allowExisting: true })).toBe('refresh');
  expect(() => ask(directory, { allowExisting: true, clear: true })).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
});

test('clears what is no environment only by force', () => {
  const directory = testDirectory({ notes: 'mine' });
  expect(() => ask(directory)).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
  expect(() => ask(directory, { clear: true })).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
  expect(ask(directory, { clear: true, force: true })).toBe('replace');
});

test('never clears a root, a home or what holds one, or a repository', () => {
  const repository = testDirectory({ '.git/HEAD': '', 'pyvenv.cfg': '' });
  for (const directory of ['/', homedir(), '/home', '/usr/..', repository]) {
    expect(() => ask(join(directory), { clear: true, force: true }), directory).toThrow(
      refusal('DESTINATION_PROTECTED'),
    );
  }
});
