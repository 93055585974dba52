import { createHook } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Interpreter, openCache } from '@vivarium/core/host';
import { probeInterpreter } from '@vivarium/discovery';
import { describe, expect, test } from 'vitest';
import { again, contextFor, find, freshDirectory, type TestContext } from './context.ts';
import { installation, link, script } from './files.ts';
import { hasSystemPython, needs, python, pythons } from './pythons.ts';
import { treeOfPython } from './tree.ts';

/** How many processes Node starts in the meantime. */
async function processesOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0;
  const hook = createHook({
    init(_, type) {
      if (type === 'PROCESSWRAP') count += 1;
    },
  }).enable();
  await work().finally(() => hook.disable());
  return count;
}

function entriesOf(context: TestContext): readonly string[] {
  const directory = join(context.cache.directory, 'interpreters');
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(directory, name));
}

test.each([...pythons])('a second run starts no process for Python %s', async (_, executable) => {
  const context = contextFor();
  let first: Interpreter | undefined;
  expect(await processesOf(async () => (first = await probeInterpreter(executable, context)))).toBeGreaterThan(0);
  const second = again(context);
  expect(await processesOf(async () => expect(await probeInterpreter(executable, second)).toStrictEqual(first))).toBe(
    0,
  );
});

test('a second search by version starts no process, through shims and all', async () => {
  const directory = freshDirectory();
  const root = join(directory, 'pyenv');
  for (const minor of ['3.11', '3.12']) installation(join(root, 'versions', `${minor}.1`), python(minor));
  for (const name of ['python', 'python3', 'python3.12']) script(join(root, 'shims', name), '#!/bin/sh\nexit 9\n');
  writeFileSync(join(root, 'version'), '3.11\n');
  const context = contextFor({ env: { PATH: `${root}/shims:/usr/bin` } });
  for (const specs of [[], ['3.12'], ['>=3.9'], ['python3.11']]) {
    const first = await find(context, ...specs);
    const next = again(context);
    expect(await processesOf(async () => expect(await find(next, ...specs)).toStrictEqual(first))).toBe(0);
  }
});

test('what another release has learned is not believed, since it may have asked for something else', async () => {
  const executable = python('3.12');
  const context = contextFor();
  const right = await probeInterpreter(executable, context);
  for (const entry of entriesOf(context)) {
    writeFileSync(entry, readFileSync(entry, 'utf8').replace('"machine":"', '"machine":"of another release: '));
  }
  expect((await probeInterpreter(executable, again(context))).machine).toMatch(/^of another release: /);
  const directory = join(context.cache.directory, 'interpreters');
  for (const release of readdirSync(directory)) renameSync(join(directory, release), join(directory, `${release}0`));
  const later = again(context);
  expect(await processesOf(async () => expect(await probeInterpreter(executable, later)).toStrictEqual(right))).toBe(1);
});

test('in one run no executable is started twice, even if it failed', async () => {
  const context = contextFor();
  const broken = script(join(freshDirectory(), 'python'), '#!/bin/sh\nexit 1\n');
  const probe = (path: string): Promise<unknown> => probeInterpreter(path, context).catch(() => 'failed');
  expect(await processesOf(() => Promise.all([probe(broken), probe(broken), probe(broken)]))).toBe(1);
  expect(await processesOf(() => probe(broken))).toBe(0);
});

// Debian's interpreter is static, so that it can be copied to a tree which the test may change.
describe.skipIf(!hasSystemPython)('a Python is asked again', () => {
  const changes: [string, (tree: ReturnType<typeof treeOfPython>) => void][] = [
    ['when its executable is replaced by another of the same size', ({ executable }) => replace(executable)],
    ['when its executable is replaced and keeps its time', ({ executable }) => replace(executable, new Date(0))],
    ['when its standard library is upgraded', ({ stdlib }) => appendFileSync(join(stdlib, 'os.py'), '\n')],
    ['when it gets build details', ({ stdlib }) => writeFileSync(join(stdlib, 'build-details.json'), '{}')],
    [
      'when it becomes an environment',
      ({ stdlib }) => writeFileSync(join(stdlib, '../../pyvenv.cfg'), 'home = /usr/bin\n'),
    ],
    ['when a module of it goes', ({ stdlib }) => rmSync(join(stdlib, 'venv'))],
  ];
  test.each(changes)('%s', async (_, change) => {
    const tree = treeOfPython(join(freshDirectory(), 'tree'));
    const context = contextFor();
    await probeInterpreter(tree.executable, context);
    expect(await processesOf(() => probeInterpreter(tree.executable, again(context)))).toBe(0);
    change(tree);
    expect(await processesOf(() => probeInterpreter(tree.executable, again(context)))).toBeGreaterThan(0);
  });

  test('and what it answers then is believed', async () => {
    const tree = treeOfPython(join(freshDirectory(), 'tree'));
    const context = contextFor();
    expect(await probeInterpreter(tree.executable, context)).toMatchObject({
      hasVenv: true,
      isExternallyManaged: true,
    });
    rmSync(join(tree.stdlib, 'venv'));
    rmSync(join(tree.stdlib, 'EXTERNALLY-MANAGED'));
    const next = again(context);
    expect(await probeInterpreter(tree.executable, next)).toMatchObject({ hasVenv: false, isExternallyManaged: false });
  });

  function replace(path: string, time?: Date): void {
    if (time !== undefined) utimesSync(path, time, time);
    copyFileSync(path, `${path}.new`);
    if (time !== undefined) utimesSync(`${path}.new`, time, time);
    renameSync(`${path}.new`, path);
  }
});

test('a Python is asked again when the library that it runs from is replaced', async ({ skip }) => {
  const directory = freshDirectory();
  const own = await probeInterpreter(python('3.12'), contextFor());
  const library = own.sharedLibrary;
  if (library === undefined) return skip('needs a Python 3.12 that is built with a shared library');
  const copy = join(directory, library.name);
  copyFileSync(join(library.directory, library.name), copy);
  const context = contextFor({ env: { LD_LIBRARY_PATH: directory } });
  const first = await probeInterpreter(python('3.12'), context);
  expect(first.sharedLibrary).toStrictEqual({ name: library.name, directory: directory });
  expect(await processesOf(() => probeInterpreter(python('3.12'), again(context)))).toBe(0);
  // Of the same size and time, as an upgrade of a packed system may have it.
  const { atime, mtime } = statSync(copy);
  copyFileSync(copy, `${copy}.new`);
  utimesSync(`${copy}.new`, atime, mtime);
  renameSync(`${copy}.new`, copy);
  expect(await processesOf(() => probeInterpreter(python('3.12'), again(context)))).toBe(1);
});

describe('the Python of an environment is asked again', () => {
  function environment(): { readonly directory: string; readonly executable: string; readonly config: string } {
    const directory = join(freshDirectory(), 'env');
    execFileSync(python('3.12'), ['-m', 'venv', '--without-pip', '--copies', directory]);
    return { directory, executable: join(directory, 'bin', 'python'), config: join(directory, 'pyvenv.cfg') };
  }

  test('when its configuration names another base', async () => {
    const { executable, config, directory } = environment();
    const context = contextFor();
    expect(await probeInterpreter(executable, context)).toMatchObject({ systemExecutable: python('3.12') });
    expect(await processesOf(() => probeInterpreter(executable, again(context)))).toBe(0);
    const tree = link(join(dirname(directory), 'current'), dirname(dirname(python('3.12'))));
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^home = .*$/m, `home = ${tree}/bin`));
    expect(await probeInterpreter(executable, again(context))).toMatchObject({
      systemExecutable: expect.stringContaining(tree),
    });
  });

  test.skipIf(!hasSystemPython)('when its base is gone, and what was known of it is not believed', async () => {
    const directory = freshDirectory();
    const tree = treeOfPython(join(directory, 'tree'));
    execFileSync(tree.executable, ['-m', 'venv', '--without-pip', '--copies', join(directory, 'env')]);
    const executable = join(directory, 'env', 'bin', 'python');
    const context = contextFor();
    expect(await probeInterpreter(executable, context)).toMatchObject({ realExecutable: tree.executable });
    rmSync(dirname(tree.executable), { recursive: true });
    await expect(probeInterpreter(executable, again(context))).rejects.toMatchObject({
      code: 'INTERPRETER_BASE_NOT_FOUND',
    });
  });
});

test('a link that leads to another Python is asked again, and back again costs nothing', async () => {
  const directory = freshDirectory();
  const path = join(directory, 'python3');
  const pointTo = (minor: string): void => {
    rmSync(path, { force: true });
    symlinkSync(python(minor), path);
  };
  const context = contextFor();
  const minorOf = async (): Promise<number> => (await probeInterpreter(path, again(context))).version.minor;
  pointTo('3.11');
  expect(await minorOf()).toBe(11);
  pointTo('3.12');
  expect(await minorOf()).toBe(12);
  pointTo('3.11');
  expect(await processesOf(async () => expect(await minorOf()).toBe(11))).toBe(0);
});

describe('what may start something else tomorrow is not remembered by its own path', () => {
  const scripts: [string, (target: string) => string][] = [
    ['a script', (target) => `#!/bin/sh\nexec "$(cat ${target})" "$@"\n`],
    ['a script that passes its own name on', (target) => `#!/bin/bash\nexec -a "$0" "$(cat ${target})" "$@"\n`],
  ];
  needs('3.12').each(scripts)('%s (needs Python 3.12)', async (_, text) => {
    const directory = freshDirectory();
    const target = join(directory, 'target');
    const path = script(join(directory, 'bin', 'python'), text(target));
    const context = contextFor({ env: { PATH: '/usr/bin:/bin' } });
    for (const minor of ['3.11', '3.12']) {
      writeFileSync(target, python(minor));
      expect((await probeInterpreter(path, again(context))).version.minor).toBe(Number(minor.slice(2)));
    }
  });
});

describe('an entry is not believed', () => {
  const damages: [string, (text: string) => string][] = [
    ['that is empty', () => ''],
    ['that is cut off', (text) => text.slice(0, -20)],
    ['that is not JSON', () => 'nonsense'],
    ['that is JSON of something else', () => '{"hello": [1, 2, 3]}'],
    ['that is null', () => 'null'],
    ['that lacks a part', (text) => text.replace(/"abiFlags":"[^"]*",/, '')],
    ['that has a part of another kind', (text) => text.replace(/"bits":64/, '"bits":"64"')],
    ['that rests on nothing', (text) => text.replace(/"dependencies":\{.*\}/, '"dependencies":{}}')],
    [
      'that is about another executable',
      (text) => text.replace(/"executable":"[^"]*"/, '"executable":"/usr/bin/other"'),
    ],
  ];
  test.each(damages)('%s', async (_, damage) => {
    const executable = python('3.12');
    const context = contextFor();
    const first = await probeInterpreter(executable, context);
    const [entry] = entriesOf(context);
    if (entry === undefined) throw new Error('nothing was kept');
    const damaged = damage(readFileSync(entry, 'utf8'));
    expect(damaged).not.toBe(readFileSync(entry, 'utf8'));
    writeFileSync(entry, damaged);
    const next = again(context);
    expect(await processesOf(async () => expect(await probeInterpreter(executable, next)).toStrictEqual(first))).toBe(
      1,
    );
    expect(await processesOf(() => probeInterpreter(executable, again(context)))).toBe(0);
  });
});

test('a cache that is read-only, or no directory at all, only costs time', async () => {
  const directory = freshDirectory();
  const executable = python('3.12');
  const filled = contextFor();
  const expected = await probeInterpreter(executable, filled);
  const readOnly = contextFor({ cache: openCache({ directory: filled.cache.directory, isReadOnly: true }) });
  expect(await processesOf(() => probeInterpreter(executable, readOnly))).toBe(0);
  writeFileSync(join(directory, 'file'), '');
  const none = contextFor({ cache: openCache({ directory: join(directory, 'file') }) });
  expect(await probeInterpreter(executable, none)).toStrictEqual(expected);
});

test('many runs at once with an empty cache all find the same', async () => {
  const shared = join(freshDirectory(), 'cache');
  mkdirSync(shared, { mode: 0o700 });
  const executable = link(join(freshDirectory(), 'python'), python('3.11'));
  const runs = Array.from({ length: 12 }, () => contextFor({ cache: openCache({ directory: shared }) }));
  const all = await Promise.all(runs.map((context) => probeInterpreter(executable, context)));
  expect(new Set(all.map((interpreter) => JSON.stringify(interpreter))).size).toBe(1);
});
