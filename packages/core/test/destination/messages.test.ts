import { existsSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, parse } from 'node:path';
import { resolveDestination } from '@vivarium/core/host';
import { atOnce, planMode } from '@vivarium/core/internal';
import { expect, onTestFinished, test, vi } from 'vitest';
import { testDirectory } from '../directory.ts';
import { cpython312 } from '../example.ts';

/** What a user reads, with `DIR` for the directory of the test. */
function errorOf(directory: string, act: () => unknown): object {
  try {
    act();
  } catch (error) {
    const { code, message, hint, source } = error as Record<string, string>;
    const short = (text = ''): string => text.replaceAll(directory, 'DIR');
    return { code, message: short(message), hint: short(hint), source };
  }
  throw new Error('nothing was refused');
}

test.each([
  ['', 'DESTINATION_EMPTY', 'The destination is empty', 'Name a directory, `.venv` for example.'],
  [
    'a\nb',
    'DESTINATION_CHARACTER_INVALID',
    'The destination `a\nb` holds a control character (a line break or the like), which no pyvenv.cfg can express',
    'Choose a name without it.',
  ],
  [
    'a\ud800',
    'DESTINATION_CHARACTER_INVALID',
    "The destination `a\ufffd` holds characters that can't be encoded as UTF-8",
    'Choose a name that is valid UTF-8.',
  ],
  [
    'a:b',
    'DESTINATION_SEPARATOR_INVALID',
    'The destination `a:b` contains the path separator (:), so its scripts directory could not stand on PATH',
    'Choose a path without :.',
  ],
  ['file', 'DESTINATION_NOT_DIRECTORY', 'The destination DIR/file exists and is a file', 'Choose another name.'],
  [
    'file/env',
    'DESTINATION_NOT_DIRECTORY',
    'A directory above the destination DIR/file/env is a file',
    'Choose another place.',
  ],
  ['circle', 'DESTINATION_NOT_WRITABLE', "The destination DIR/circle can't be reached", 'Choose another place.'],
])('says of %j what is wrong and what to do', (text, code, message, hint) => {
  const directory = testDirectory({ file: '' });
  symlinkSync('circle', join(directory, 'circle'));
  expect(errorOf(directory, () => resolveDestination(text, directory))).toEqual({
    code,
    message,
    hint,
    source: 'DEST',
  });
});

const CFG = 'home = /x\nversion_info = 3.12.1.final.0\nimplementation = CPython\n';

test.each([
  [
    'other files',
    { notes: '' },
    {},
    'DESTINATION_NOT_ENVIRONMENT',
    'The destination DIR is not empty and is not a virtual environment',
    'Choose a new directory inside it, `.venv` for example, or add --allow-existing.',
  ],
  [
    'other files, to be cleared',
    { notes: '' },
    { clear: true },
    'DESTINATION_NOT_ENVIRONMENT',
    'DIR is not cleared, because it is not a virtual environment (it has no pyvenv.cfg)',
    'If everything in it may be deleted, add --force.',
  ],
  [
    'an installed Python',
    { 'lib/python3.12/os.py': '', 'pyvenv.cfg': '' },
    {},
    'DESTINATION_PROTECTED',
    'Nothing is written into DIR, because a Python is installed in it (it has lib/python3.12/os.py)',
    'Choose a new directory, `.venv` for example.',
  ],
  [
    'a repository at its root',
    { '.git/HEAD': '', 'pyvenv.cfg': '' },
    { clear: true, force: true },
    'DESTINATION_PROTECTED',
    'DIR is not cleared, because it is the root of a repository (it has .git)',
    'Choose a new directory; --clear is for environments.',
  ],
  [
    'repositories inside',
    { 'pyvenv.cfg': CFG, 'a/.git/HEAD': '', 'b/.hg/x': '' },
    { clear: true },
    'DESTINATION_CONTENT_PROTECTED',
    'DIR is not cleared, because a repository is in it (DIR/a, DIR/b)',
    'Move it elsewhere; or if it may be deleted, add --force.',
  ],
  [
    'an environment of an older Python',
    { 'pyvenv.cfg': 'home = /x\nversion_info = 3.9.18.final.0\nimplementation = CPython\n' },
    {},
    'DESTINATION_PYTHON_MISMATCH',
    'The environment at DIR uses CPython 3.9, not CPython 3.12',
    'To keep its Python, add -p 3.9. To create it again, without the packages that are in it, add --clear.',
  ],
  [
    'an environment of PyPy',
    { 'pyvenv.cfg': 'home = /x\nversion_info = 3.10.13.final.0\nimplementation = PyPy\n' },
    {},
    'DESTINATION_PYTHON_MISMATCH',
    'The environment at DIR uses PyPy 3.10, not CPython 3.12',
    'To keep its Python, add -p pypy3.10. To create it again, without the packages that are in it, add --clear.',
  ],
  [
    'an environment of PyPy that does not say which',
    { 'pyvenv.cfg': 'home = /x\nversion = x3.10\nimplementation = PyPy\n' },
    {},
    'DESTINATION_PYTHON_MISMATCH',
    'The environment at DIR uses PyPy 3.12, not CPython 3.12',
    'To keep its Python, add -p pypy3.12. To create it again, without the packages that are in it, add --clear.',
  ],
])('says of %s at the destination what is wrong and what to do', (_, files, flags, code, message, hint) => {
  const directory = testDirectory(files);
  const request = { clear: false, force: false, allowExisting: false, ...flags };
  const act = () => atOnce(planMode({ destination: directory, interpreter: cpython312, ...request }));
  expect(errorOf(directory, act)).toEqual({ code, message, hint, source: 'DEST' });
});

test('names five repositories, and how many more there are', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const files = (all: readonly string[]) => Object.fromEntries(all.map((name) => [`${name}/.git/HEAD`, '']));
  const ask = (directory: string) => () =>
    atOnce(
      planMode({ destination: directory, interpreter: cpython312, clear: true, force: false, allowExisting: false }),
    );
  const five = testDirectory({ 'pyvenv.cfg': '', ...files(names) });
  const seven = testDirectory({ 'pyvenv.cfg': '', ...files([...names, 'f', 'g']) });
  expect(errorOf(five, ask(five))).toMatchObject({
    message: expect.stringContaining('(DIR/a, DIR/b, DIR/c, DIR/d, DIR/e)'),
  });
  expect(errorOf(seven, ask(seven))).toMatchObject({ message: expect.stringMatching(/, DIR\/., and 2 more\)$/) });
});

test('clears repositories by force, also where no one is told', () => {
  const request = { interpreter: cpython312, clear: true, force: true, allowExisting: false };
  const warn = vi.fn();
  const directory = testDirectory({ 'pyvenv.cfg': '', 'a/.git/HEAD': '' });
  expect(atOnce(planMode({ ...request, destination: directory }))).toBe('replace');
  expect(atOnce(planMode({ ...request, destination: directory, warn }))).toBe('replace');
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    `with ${directory}, a repository is deleted (${directory}/a)`,
    'CONTENT_DELETED',
  );
});

const clearing = (destination: string) => () =>
  atOnce(planMode({ destination, interpreter: cpython312, clear: true, force: true, allowExisting: false }));

test('a home directory, what holds one, and the root are never cleared', () => {
  const directory = testDirectory({ 'pyvenv.cfg': '', 'in/side/x': '' });
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.stubEnv('HOME', join(directory, 'in/side'));
  const messageOf = (destination: string) =>
    (errorOf(directory, clearing(destination)) as { message: string }).message.replace(/.* because /, '');
  expect(messageOf(join(directory, 'in/side'))).toBe('it is a home directory');
  expect(messageOf(join(directory, 'in'))).toBe('a home directory (DIR/in/side) is inside');
  expect(messageOf(parse(directory).root)).toBe('it is the root of a file system');
});

test('a home that is the root, is empty or is not there protects nothing', () => {
  const directory = testDirectory({ 'pyvenv.cfg': '' });
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const home of ['/', '', join(directory, 'missing')]) {
    vi.stubEnv('HOME', home);
    expect(clearing(directory)()).toBe('replace');
  }
});

const ownHome = userInfo().homedir;

test.skipIf(!existsSync(ownHome) || readdirSync(ownHome).length === 0)(
  'the home that the user database names is never cleared, whatever HOME says',
  () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('HOME', testDirectory());
    expect(clearing(realpathSync(ownHome))).toThrow(/ because it is a home directory$/);
  },
);
