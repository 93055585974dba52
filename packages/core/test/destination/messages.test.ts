import { constants, existsSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join, parse } from 'node:path';
import { resolveDestination } from '@vivarium/core/host';
import { assertMayRemove, atOnce, planMode } from '@vivarium/core/internal';
import { expect, onTestFinished, test, vi } from 'vitest';
import { refuse } from '../apply/refused.ts';
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

test.each([
  ['', 'DIR/elsewhere, where there is no environment', 'an environment there'],
  ['home = /x', 'DIR/elsewhere', 'that environment'],
])('says of a redirect where it leads (%j)', (configuration, where, which) => {
  const directory = testDirectory({ '.venv': 'elsewhere\n', 'elsewhere/x': '' });
  if (configuration !== '') writeFileSync(join(directory, 'elsewhere/pyvenv.cfg'), configuration);
  expect(errorOf(directory, () => resolveDestination('.venv', directory))).toEqual({
    code: 'DESTINATION_NOT_DIRECTORY',
    message: `The destination DIR/.venv is a redirect to ${where}`,
    hint: `For ${which}, give the destination DIR/elsewhere.`,
    source: 'DEST',
  });
});

// Root may write everywhere, so that the answer of the system comes from the test.
test.each([
  ['env', 'DIR/env'],
  ['new', 'DIR'],
  ['new/inner/most', 'DIR'],
])('asks of %s whether what exists of it can be written', (text, asked) => {
  const directory = testDirectory({ 'env/x': '' });
  const refused = refuse('accessSync', 'EACCES', (path, mode) => {
    return path?.replace(directory, 'DIR') === asked && Number(mode) === (constants.W_OK | constants.X_OK);
  });
  expect(errorOf(directory, () => resolveDestination(text, directory))).toEqual({
    code: 'DESTINATION_NOT_WRITABLE',
    message: `The destination DIR/${text} can't be created, because ${asked} is not writable`,
    hint: 'Choose a directory that you may write to.',
    source: 'DEST',
  });
  expect(refused.count).toBe(1);
});

test('of a directory that can not be read, and that can be', () => {
  const directory = testDirectory({ file: '', 'lost+found/x': '' });
  const request = { interpreter: cpython312, clear: false, force: false, allowExisting: false };
  const asking = (destination: string) => () => atOnce(planMode({ ...request, destination }));
  expect(errorOf(directory, asking(join(directory, 'file')))).toEqual({
    code: 'DESTINATION_NOT_WRITABLE',
    message: "The destination DIR/file can't be read",
    hint: 'Choose another place.',
    source: 'DEST',
  });
  rmSync(join(directory, 'file'));
  expect(asking(directory)()).toBe('create');
  expect(asking(join(directory, 'missing'))()).toBe('create');
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
    'an environment of a Python to come',
    { 'pyvenv.cfg': 'home = /x\nversion = 12.10.1\nimplementation = CPython\n' },
    {},
    'DESTINATION_PYTHON_MISMATCH',
    'The environment at DIR uses CPython 12.10, not CPython 3.12',
    'To keep its Python, add -p 12.10. To create it again, without the packages that are in it, add --clear.',
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

test.each([
  ['/home', 'home directories are there'],
  ['/Users', 'home directories are there'],
  ['/home/another-user', 'it is a home directory'],
  ['/Users/another-user', 'it is a home directory'],
  ['/root', 'it is a home directory'],
])('%s is protected, also where no one lives there', (directory, reason) => {
  const message = `${directory} is not cleared, because ${reason}`;
  expect(errorOf('DIR', () => assertMayRemove({ destination: directory, force: true }))).toMatchObject({ message });
});

test('what is removed has to be an environment, or be named by force', () => {
  const environment = testDirectory({ 'pyvenv.cfg': '', 'lib/x': '' });
  const directory = testDirectory({ notes: '', 'pyvenv.cfg/x': '' });
  const asking = (destination: string, force: boolean) => () => assertMayRemove({ destination, force });
  expect(asking(environment, false)).not.toThrow();
  expect(asking(directory, true)).not.toThrow();
  for (const destination of [directory, join(directory, 'pyvenv.cfg'), testDirectory()]) {
    expect(errorOf(destination, asking(destination, false))).toMatchObject({
      code: 'DESTINATION_NOT_ENVIRONMENT',
      message: 'DIR is not cleared, because it is not a virtual environment (it has no pyvenv.cfg)',
    });
  }
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
