import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Candidate } from '@vivarium/core/plugin';
import builtin, { parseSpec } from '@vivarium/discovery';
import { expect, test } from 'vitest';
import { again, contextFor, find, freshDirectory, type TestContext } from './context.ts';
import { file, link, script, withoutRights } from './files.ts';
import { hasPyPy, pypy, python } from './pythons.ts';

/** The candidates in their order, below a directory, without asking any. */
async function candidates(context: TestContext, spec?: string): Promise<readonly string[]> {
  const all: Candidate[] = [];
  const parsed = spec === undefined ? undefined : parseSpec(spec);
  for await (const candidate of builtin.candidates(parsed, { tryFirstWith: [] }, context)) all.push(candidate);
  return all.map(({ executable }) => executable.replace(`${context.cwd}/`, ''));
}

function directories(names: Readonly<Record<string, readonly string[]>>): TestContext {
  const root = freshDirectory();
  for (const [directory, files] of Object.entries(names)) {
    mkdirSync(join(root, directory));
    for (const name of files) script(join(root, directory, name), '#!/bin/sh\n');
  }
  const path = Object.keys(names).map((directory) => join(root, directory));
  return contextFor({ env: { PATH: path.join(delimiter) }, cwd: root });
}

const many = [
  'python',
  'python3',
  'python3.9',
  'python3.12',
  'python3.10',
  'python3.12t',
  'python3.12-config',
  'pypy3',
];

test('a version is looked for by its names, the most telling first, directory by directory', async () => {
  const context = directories({ a: ['python', 'python3'], b: many, c: ['python3.12.4', 'Python3.12'] });
  expect(await candidates(context, '3.12')).toStrictEqual([
    'a/python3',
    'a/python',
    'b/python3.12',
    'b/python3',
    'b/python',
    // Unusual names come last: of all directories, newest first.
    'a/python3',
    'a/python',
    'b/python3.12',
    'b/python3.12t',
    'b/python3',
    'b/python',
    'c/python3.12.4',
    'c/Python3.12',
    // Better than none.
    'b/pypy3',
  ]);
});

test('an open request takes all versions of a directory, newest first, before the next directory', async () => {
  const context = directories({ a: ['python3.8'], b: many });
  expect([...new Set(await candidates(context, '>=3.9'))]).toStrictEqual([
    'a/python3.8',
    'b/python3',
    'b/python',
    'b/python3.12',
    'b/python3.12t',
    'b/python3.10',
    'b/python3.9',
    'b/pypy3',
  ]);
});

test('for no request python3 and python are taken wherever they are, then the newest of others', async () => {
  const context = directories({
    a: ['python3.8', 'python2'],
    b: ['python3'],
    c: ['python', 'python3.10', 'python3.9'],
  });
  expect([...new Set(await candidates(context))]).toStrictEqual([
    'b/python3',
    'c/python',
    'a/python3.8',
    'c/python3.10',
    'c/python3.9',
  ]);
});

test('another implementation is looked for by its own name first', async () => {
  const context = directories({ a: ['python3', 'pypy', 'pypy3', 'pypy3.10'] });
  expect([...new Set(await candidates(context, 'pypy3.10'))]).toStrictEqual([
    'a/pypy3.10',
    'a/pypy3',
    'a/pypy',
    'a/python3',
  ]);
});

test('the free-threaded and the debug build have names of their own', async () => {
  const context = directories({ a: ['python3.13', 'python3.13t', 'python3.13d', 'python3.13-dbg', 'python3.13td'] });
  expect((await candidates(context, '3.13t')).slice(0, 2)).toStrictEqual(['a/python3.13t', 'a/python3.13']);
  expect((await candidates(context, 'python3.13d')).slice(0, 3)).toStrictEqual([
    'a/python3.13d',
    'a/python3.13-dbg',
    'a/python3.13',
  ]);
});

test('what is not an executable file is not a candidate', async () => {
  const context = directories({ a: [], b: ['python3'] });
  const a = join(context.cwd, 'a');
  link(join(a, 'python3'), '/nowhere');
  symlinkSync('loop', join(a, 'loop'));
  symlinkSync('loop', join(a, 'python'));
  mkdirSync(join(a, 'python3.12'));
  file(join(a, 'python3.11'), 'text');
  expect(await candidates(context)).toStrictEqual(['b/python3', 'b/python3']);
});

test('entries of PATH that lead nowhere, are files, are empty or are named twice do no harm', async () => {
  const context = directories({ a: ['python3'] });
  const root = context.cwd;
  file(join(root, 'file'), '');
  symlinkSync('a', join(root, 'link'));
  script(join(root, 'python3'), '#!/bin/sh\n');
  const entries = [
    '',
    join(root, 'nothing'),
    join(root, 'file'),
    join(root, 'file', 'bin'),
    'a',
    join(root, 'link'),
    '',
  ];
  const env = { ...context.env, PATH: entries.join(delimiter) };
  expect([...new Set(await candidates({ ...context, env }, '3.12'))]).toStrictEqual(['a/python3']);
  expect(await candidates({ ...context, env: { HOME: root, PATH: '' } })).toStrictEqual([]);
});

test('an unset PATH means the directories of the system', async () => {
  const context = contextFor();
  const all = await candidates({ ...context, env: {} }, '3');
  expect(all.every((path) => /^\/(?:usr\/)?bin\//.test(path))).toBe(true);
});

test('a directory that may not be read or entered is ignored', async () => {
  const context = directories({ a: ['python3'], b: ['python3'], c: ['python3'] });
  chmodSync(context.cwd, 0o755);
  chmodSync(join(context.cwd, 'a'), 0);
  const all = await withoutRights(() => candidates(context, '3.12'));
  expect([...new Set(all)]).toStrictEqual(['b/python3', 'c/python3']);
});

test('a bare name that is not a version is a file of the working directory, else one on PATH', async () => {
  const context = directories({ a: ['mine'], b: ['mine'] });
  expect(await candidates(context, 'mine')).toStrictEqual(['a/mine', 'b/mine']);
  script(join(context.cwd, 'mine'), '#!/bin/sh\n');
  expect(await candidates(context, 'mine')).toStrictEqual(['mine', 'a/mine', 'b/mine']);
  expect(await candidates(context, './b/mine')).toStrictEqual(['b/mine']);
});

test.skipIf(!hasPyPy)(
  "another implementation that has Python's name is taken, one by its own name only alone",
  async () => {
    const directory = freshDirectory();
    const context = contextFor({ env: { PATH: directory } });
    link(join(directory, 'pypy3'), pypy);
    for (const specs of [[], ['>=3.8']]) {
      expect(await find(context, ...specs)).toMatchObject({ interpreter: { implementation: 'PyPy' } });
    }
    link(join(directory, 'python3'), python('3.12'));
    for (const specs of [[], ['>=3.8']]) {
      expect(await find(again(context), ...specs)).toMatchObject({ interpreter: { implementation: 'CPython' } });
    }
    const other = freshDirectory();
    link(join(other, 'python3'), pypy);
    const both = contextFor({ env: { PATH: `${other}:${directory}` } });
    expect(await find(both, 'python3')).toMatchObject({ interpreter: { implementation: 'PyPy' } });
    expect(await find(both, 'cpython')).toMatchObject({ interpreter: { implementation: 'CPython' } });
  },
);

test('python3 is found where only python3.12 is on PATH, also by a name in capitals', async () => {
  for (const name of ['python3.12', 'Python3.12']) {
    const directory = freshDirectory();
    link(join(directory, name), python('3.12'));
    const context = contextFor({ env: { PATH: directory } });
    for (const spec of ['python3', '3', '3.12', '>=3.10', 'cpython']) {
      expect(await find(context, spec)).toMatchObject({
        source: 'PATH',
        interpreter: { executable: join(directory, name), version: { minor: 12 } },
      });
    }
  }
});
