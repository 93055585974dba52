import { mkdirSync, symlinkSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { planMode, resolveDestination } from '@vivarium/core';
import { expect, test } from 'vitest';
import { cpython312 } from './example.ts';
import { testFolder } from './folder.ts';

test('makes a destination absolute and follows links, dangling ones too', () => {
  const folder = testFolder();
  mkdirSync(join(folder, 'real'));
  symlinkSync('real', join(folder, 'link'));
  symlinkSync('nowhere/env', join(folder, 'dangling'));
  expect(resolveDestination('env', folder)).toBe(join(folder, 'env'));
  expect(resolveDestination('link', folder)).toBe(join(folder, 'real'));
  expect(resolveDestination('link/a/b', folder)).toBe(join(folder, 'real/a/b'));
  expect(resolveDestination('dangling', folder)).toBe(join(folder, 'nowhere/env'));
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
  const folder = testFolder({ file: '' });
  expect(() => resolveDestination(text, folder)).toThrow(expect.objectContaining({ code, exitCode: 2 }));
});

test('refuses links that lead in a circle', () => {
  const folder = testFolder();
  symlinkSync('b', join(folder, 'a'));
  symlinkSync('a', join(folder, 'b'));
  expect(() => resolveDestination('a', folder)).toThrow(expect.objectContaining({ exitCode: 2 }));
});

const ask = (destination: string, more: object = {}) =>
  planMode({ destination, interpreter: cpython312, clear: false, force: false, allowExisting: false, ...more });
const refusal = (code: string) => expect.objectContaining({ code, exitCode: 2 });

test('creates where nothing or an empty folder stands', () => {
  const folder = testFolder();
  expect(ask(join(folder, 'missing'))).toBe('create');
  expect(ask(folder)).toBe('create');
  expect(ask(folder, { clear: true })).toBe('create');
});

test('refreshes an environment of the same Python, and never mixes two', () => {
  const cfg = (version: string) => testFolder({ 'pyvenv.cfg': `home = /x\nversion_info = ${version}.final.0\n` });
  expect(ask(cfg('3.12.7'))).toBe('refresh');
  expect(() => ask(cfg('3.11.7'))).toThrow(refusal('DESTINATION_PYTHON_MISMATCH'));
  expect(ask(cfg('3.11.7'), { clear: true })).toBe('replace');
  const pypy = testFolder({ 'pyvenv.cfg': 'implementation = PyPy\nversion_info = 3.12.1\n' });
  expect(() => ask(pypy)).toThrow(refusal('DESTINATION_PYTHON_MISMATCH'));
});

test.each(['', 'no equals sign', '\0\u0001binary', 'version = '.repeat(100_000)])(
  'bears a pyvenv.cfg that says nothing: %#',
  (text) => {
    expect(ask(testFolder({ 'pyvenv.cfg': text }))).toBe('refresh');
  },
);

test('writes into a folder with other things in it only where that is allowed', () => {
  const folder = testFolder({ notes: 'mine' });
  expect(() => ask(folder)).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
  expect(ask(folder, { allowExisting: true })).toBe('refresh');
  expect(() => ask(folder, { allowExisting: true, clear: true })).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
});

test('clears what is no environment only by force', () => {
  const folder = testFolder({ notes: 'mine' });
  expect(() => ask(folder)).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
  expect(() => ask(folder, { clear: true })).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
  expect(ask(folder, { clear: true, force: true })).toBe('replace');
});

test('never clears a root, a home or what holds one, or a repository', () => {
  const repository = testFolder({ '.git/HEAD': '', 'pyvenv.cfg': '' });
  for (const folder of ['/', homedir(), '/home', '/usr/..', repository]) {
    expect(() => ask(join(folder), { clear: true, force: true }), folder).toThrow(refusal('DESTINATION_PROTECTED'));
  }
});
