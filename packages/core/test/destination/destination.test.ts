import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveDestination } from '@vivarium/core/host';
import { atOnce, planMode } from '@vivarium/core/internal';
import { expect, onTestFinished, test, vi } from 'vitest';
import { beforeCall } from '../apply/refused.ts';
import { testDirectory } from '../directory.ts';
import { cpython312 } from '../example.ts';

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

test.runIf(process.platform === 'linux')('follows forty links that lead nowhere yet, and no more', () => {
  const directory = testDirectory();
  const chainOf = (length: number): string => {
    const names = Array.from({ length }, (_, index) => `${length}-${index}`);
    for (const [index, name] of names.entries()) symlinkSync(names[index + 1] ?? 'env', join(directory, name));
    return `${length}-0`;
  };
  expect(resolveDestination(chainOf(40), directory)).toBe(join(directory, 'env'));
  expect(() => resolveDestination(chainOf(41), directory)).toThrow(/ can't be reached$/);
});

test('refuses links that lead in a circle', () => {
  const directory = testDirectory();
  symlinkSync('b', join(directory, 'a'));
  symlinkSync('a', join(directory, 'b'));
  expect(() => resolveDestination('a', directory)).toThrow(expect.objectContaining({ exitCode: 2 }));
});

// Only root may mount.
const asRoot = test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux');

const ask = (destination: string, more: object = {}) =>
  atOnce(planMode({ destination, interpreter: cpython312, clear: false, force: false, allowExisting: false, ...more }));
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

test('clears what is not an environment only by force', () => {
  const directory = testDirectory({ notes: 'mine' });
  expect(() => ask(directory)).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
  expect(() => ask(directory, { clear: true })).toThrow(refusal('DESTINATION_NOT_ENVIRONMENT'));
  expect(ask(directory, { clear: true, force: true })).toBe('replace');
});

const CLEAR = { clear: true, force: true } as const;
const isRefused = (directory: string, reason: RegExp, more: object = CLEAR): void => {
  const error = expect.objectContaining({ code: 'DESTINATION_PROTECTED', message: expect.stringMatching(reason) });
  expect(() => ask(directory, more), directory).toThrow(error);
};

test('never clears the root of a file system', () => {
  isRefused('/', /it is the root of a file system/);
});

// An empty directory needs no clearing.
const homes = ['/home', '/Users'].find((path) => existsSync(path) && readdirSync(path).length > 0);
const noHomes = homes === undefined ? ' (skipped because no home is in /home)' : '';
test.skipIf(homes === undefined)(`never clears the directory in which homes are${noHomes}`, () => {
  isRefused(homes ?? '', /home/);
});

test('an empty home is filled and not cleared', () => {
  const home = testDirectory();
  vi.stubEnv('HOME', home);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  expect(ask(home, CLEAR)).toBe('create');
});

test('never clears a home or what holds one', () => {
  const parent = testDirectory({ 'homes/me/letter': '', 'homes/me2/letter': '' });
  vi.stubEnv('HOME', join(parent, 'homes/me'));
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  isRefused(join(parent, 'homes/me'), /it is a home directory/);
  isRefused(join(parent, 'homes'), /a home directory \(.*homes\/me\) is inside/);
  isRefused(parent, /a home directory \(.*homes\/me\) is inside/);
  expect(ask(join(parent, 'homes/me2'), CLEAR)).toBe('replace');
});

test.each(['.git', '.hg', '.svn', '.jj', '.bzr', '.sl', '.pijul', '_darcs', '.fslckout', '_FOSSIL_'])(
  'never clears the root of a repository (%s)',
  (mark) => {
    isRefused(testDirectory({ [`${mark}/x`]: '', 'pyvenv.cfg': '' }), /it is the root of a repository/);
    isRefused(testDirectory({ [mark]: '', 'pyvenv.cfg': '' }), /it is the root of a repository/);
  },
);

test('clears what has a repository in it only by force, and says then which', () => {
  const directory = testDirectory({ 'pyvenv.cfg': '', 'src/one/.git/HEAD': '', 'src/two/.git': '', 'lib/x': '' });
  const refused = refusal('DESTINATION_CONTENT_PROTECTED');
  expect(() => ask(directory, { clear: true })).toThrow(refused);
  const warn = vi.fn();
  expect(ask(directory, { ...CLEAR, warn })).toBe('replace');
  expect(warn.mock.calls.flat()).toEqual([
    `with ${directory}, a repository is deleted (${directory}/src/one, ${directory}/src/two)`,
    'CONTENT_DELETED',
  ]);
});

test('names five of many repositories, and how many more there are', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const files = Object.fromEntries(names.map((name) => [`src/${name}/.git`, '']));
  const directory = testDirectory({ 'pyvenv.cfg': '', ...files });
  expect(() => ask(directory, { clear: true })).toThrow(/src\/a, .*src\/e, and 2 more\)$/);
});

test('does not follow links when it looks for what would be lost', () => {
  const elsewhere = testDirectory({ 'project/.git': '' });
  const directory = testDirectory({ 'pyvenv.cfg': '' });
  symlinkSync(join(elsewhere, 'project'), join(directory, 'link'));
  expect(ask(directory, { clear: true })).toBe('replace');
});

const ALL_WAYS = [{ allowExisting: true }, { clear: true }, CLEAR] as const;

test.each([
  ['CPython', 'lib/python3.12/os.py', /a Python is installed in it \(it has lib\/python3.12\/os.py\)/],
  ['a free-threaded one', 'lib/python3.14t/os.py', /it has lib\/python3.14t\/os.py/],
  ['one with its library in lib64', 'lib64/python3.9/os.py', /it has lib64\/python3.9\/os.py/],
  ['PyPy', 'lib/pypy3.10/os.py', /it has lib\/pypy3.10\/os.py/],
  ['an older PyPy', 'lib-python/3/os.py', /it has lib-python\/3\/os.py/],
  ['PyPy for Python 2', 'lib-python/2.7/os.py', /it has lib-python\/2.7\/os.py/],
  ['CPython for Windows', 'Lib/os.py', /it has Lib\/os.py/],
  ['conda', 'conda-meta/history', /it is a conda environment/],
])('writes nothing over an installed Python, and does not clear it: %s', (_, file, reason) => {
  const prefix = testDirectory({ [file]: '', 'bin/python3': '' });
  for (const way of ALL_WAYS) isRefused(prefix, reason, way);
});

test('the same for a Python that has become a part of an environment by mistake', () => {
  const prefix = testDirectory({ 'lib/python3.12/os.py': '', 'bin/python3': '' });
  for (const home of ['', `home = ${prefix}\n`, `home = ${prefix}/bin\n`]) {
    writeFileSync(join(prefix, 'pyvenv.cfg'), home);
    for (const way of [{}, ...ALL_WAYS]) isRefused(prefix, /a Python is installed in it/, way);
  }
});

test('refreshes and clears an environment that has a library of its own, whose base is elsewhere', () => {
  const cfg = { 'pyvenv.cfg': 'home = /opt/python/bin\nversion_info = 3.12.1\n' };
  const own = testDirectory({ 'lib/python3.12/os.py': '', ...cfg });
  const old = testDirectory({ 'lib/python2.7/os.py': '', 'lib/python2.7/orig-prefix.txt': '/usr' });
  expect(ask(own)).toBe('refresh');
  expect(ask(own, { clear: true })).toBe('replace');
  expect(ask(old, CLEAR)).toBe('replace');
});

test.each(['basePrefix', 'baseExecPrefix', 'stdlib', 'realExecutable'] as const)(
  'neither writes over nor clears what has the %s of the Python for the environment in it',
  (key) => {
    const directory = testDirectory({ 'deep/er/file': '', 'pyvenv.cfg': '' });
    symlinkSync(join(directory, 'deep'), join(directory, 'link'));
    for (const path of ['', '/deep/er', '/link/er']) {
      const interpreter = { ...cpython312, [key]: directory + path };
      for (const way of [{}, ...ALL_WAYS]) {
        isRefused(directory, /the Python for the environment is in it/, { ...way, interpreter });
      }
    }
    expect(ask(directory, { interpreter: { ...cpython312, [key]: `${directory}-other` } })).toBe('refresh');
  },
);

test('does not clear by force what has installed Pythons in it, unless it is an environment', () => {
  const pythons = { 'versions/3.12.1/lib/python3.12/os.py': '' };
  isRefused(testDirectory(pythons), /a Python is installed in it \(.*versions\/3.12.1\)/);
  expect(ask(testDirectory({ ...pythons, 'pyvenv.cfg': '' }), { clear: true })).toBe('replace');
});

asRoot('does not clear what has another file system mounted in it, of the same disk too', () => {
  const directory = testDirectory({ 'pyvenv.cfg': '', 'data/x': '', 'a b/x': '', elsewhere: '' });
  const other = testDirectory({ letter: 'mine' });
  for (const [place, ...options] of [
    ['data', '--bind', other],
    ['a b', '-t', 'tmpfs', 'tmpfs'],
    ['elsewhere', '--bind', join(other, 'letter')],
  ] as const) {
    execFileSync('mount', [...options, join(directory, place)]);
    try {
      isRefused(directory, new RegExp(`a file system is mounted in it \\(${directory}/${place}\\)`));
    } finally {
      execFileSync('umount', [join(directory, place)]);
    }
    expect(ask(directory, { clear: true })).toBe('replace');
  }
});

test.each(['\u001b[31m', '\n', '\u007f', '\u0085', ':', '\ufffd'])(
  'refuses a usable name in a cwd, or behind a link, with a name that can not be used: %j',
  (part) => {
    const parent = testDirectory();
    const cwd = join(parent, `bad${part}`);
    mkdirSync(cwd);
    symlinkSync(cwd, join(parent, 'link'));
    for (const [text, where] of [
      ['env', cwd],
      ['link', parent],
      ['link/env', parent],
    ] as const) {
      expect(() => resolveDestination(text, where)).toThrow(expect.objectContaining({ exitCode: 2, source: 'DEST' }));
    }
  },
);

test.each(['env/a/b', 'env'])('clears an environment of which another run removes %s at the same time', (path) => {
  const directory = testDirectory({ 'env/pyvenv.cfg': 'home = /x', 'env/a/b/c': '' });
  const removed = vi.fn(() => rmSync(join(directory, path), { recursive: true }));
  beforeCall('lstatSync', (name) => name === join(directory, path), removed);
  expect(ask(join(directory, 'env'), { clear: true })).toBe('replace');
  expect(removed).toHaveBeenCalledOnce();
});
