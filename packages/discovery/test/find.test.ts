import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type Candidate, defineDiscoverer } from '@vivarium/core/plugin';
import builtin, { findInterpreter } from '@vivarium/discovery';
import { INSTALLED_PYTHONS } from '@vivarium/test-utils/pythons';
import { describe, expect, test } from 'vitest';
import { contextFor, find, freshDirectory, type TestContext } from './context.ts';
import { file, link, script } from './files.ts';
import { hasSystemPython, python, systemMinor, systemPython } from './pythons.ts';
import { treeOfPython } from './tree.ts';

/** A directory with links to Pythons, as `PATH`. */
function pathOf(links: Readonly<Record<string, string>>): TestContext {
  const directory = freshDirectory();
  for (const [name, minor] of Object.entries(links)) link(join(directory, name), python(minor));
  return contextFor({ env: { PATH: directory }, cwd: directory });
}

async function minorOf(context: TestContext, ...specs: string[]): Promise<number> {
  return (await find(context, ...specs)).interpreter.version.minor;
}

test('several specs are tried in turn', async () => {
  const context = pathOf({ 'python3.10': '3.10', 'python3.9': '3.9' });
  expect(await minorOf(context, '3.10', '3.9')).toBe(10);
  expect(await minorOf(context, '3.9', '3.10')).toBe(9);
  expect(await minorOf(context, '3.14', 'pypy', '3.9')).toBe(9);
});

test('with no spec Python 3 is meant, and Python 2 only where there is no other', async () => {
  expect(await minorOf(pathOf({ python: '2.7', 'python3.10': '3.10' }))).toBe(10);
  expect(await minorOf(pathOf({ python: '2.7' }))).toBe(7);
});

describe('a path', () => {
  test('that fails is an error, whatever else there would be', async () => {
    const context = pathOf({ python3: '3.12' });
    const broken = script(join(context.cwd, 'broken'), '#!/bin/sh\nexit 5\n');
    await expect(find(context, broken, '3.12')).rejects.toMatchObject({ code: 'PROBE_FAILED' });
    await expect(find(context, './broken', '3.12')).rejects.toMatchObject({ code: 'PROBE_FAILED' });
    await expect(find(context, 'broken', '3.12')).rejects.toMatchObject({ code: 'PROBE_FAILED' });
  });

  test('where nothing is lets the next spec try, and is an error as the last', async () => {
    const context = pathOf({ python3: '3.12' });
    expect(await minorOf(context, '/nowhere/python', './nothing', '3.12')).toBe(12);
    await expect(find(context, '3.14', '/nowhere/python')).rejects.toMatchObject({
      code: 'INTERPRETER_FILE_NOT_FOUND',
      message: 'There is no Python at /nowhere/python: no such file exists',
    });
  });

  test('that is a dangling link is an error', async () => {
    const context = pathOf({ python3: '3.12' });
    link(join(context.cwd, 'gone'), '/nowhere/python3.9');
    await expect(find(context, './gone', '3.12')).rejects.toMatchObject({
      message: expect.stringContaining('a link to /nowhere/python3.9'),
    });
  });

  test('that no file could have is an error for users', async () => {
    const context = pathOf({ python3: '3.12' });
    for (const path of [`./${'x'.repeat(5000)}`, `/${'a/'.repeat(3000)}python`]) {
      await expect(find(context, path, '3.12')).rejects.toMatchObject({
        code: 'PROBE_NOT_STARTED',
        message: expect.stringContaining('no file can have so long a name'),
      });
    }
    await expect(find(context, 'x'.repeat(5000))).rejects.toMatchObject({ code: 'INTERPRETER_NOT_FOUND' });
  });

  test('of an environment or an installation means its Python', async () => {
    const directory = join(freshDirectory(), 'env');
    execFileSync(python('3.10'), ['-m', 'venv', '--without-pip', directory]);
    const { interpreter } = await find(contextFor(), directory);
    expect(interpreter).toMatchObject({ prefix: directory, version: { minor: 10 } });
    const context = contextFor({ cwd: directory });
    expect((await find(context, '.')).interpreter.executable).toBe(join(directory, 'bin', 'python3'));
  });

  test('counts from the working directory', async () => {
    const context = pathOf({ python3: '3.12' });
    expect((await find(context, './python3')).interpreter.executable).toBe(join(context.cwd, 'python3'));
  });

  test('is read from no variable that belongs to another run', async () => {
    const context = pathOf({ mine: '3.12' });
    expect(await find(context, 'mine')).toMatchObject({ interpreter: { version: { minor: 12 } } });
    await expect(find({ ...context, env: {}, cwd: '/' }, 'mine')).rejects.toMatchObject({
      code: 'INTERPRETER_NOT_FOUND',
      message: 'No executable is called `mine`\n  searched: the working directory, PATH',
    });
  });
});

describe('--try-first-with', () => {
  const first = (context: TestContext, path: string, ...specs: string[]): ReturnType<typeof findInterpreter> =>
    findInterpreter({ specs, discoverer: builtin, settings: { tryFirstWith: [path] }, context });

  test('comes before PATH, if it fits', async () => {
    const context = pathOf({ python3: '3.12', other: '3.9' });
    const other = join(context.cwd, 'other');
    expect(await first(context, other)).toMatchObject({
      source: '--try-first-with',
      interpreter: { executable: other, version: { minor: 9 } },
    });
    expect(await first(context, other, '3.12')).toMatchObject({ source: 'PATH' });
    expect(await first(context, other, join(context.cwd, 'python3'))).toMatchObject({
      source: 'given by path',
    });
  });

  test('is ignored where nothing is, and an error where it is broken', async () => {
    const context = pathOf({ python3: '3.12' });
    expect(await first(context, '/nowhere/python')).toMatchObject({ source: 'PATH' });
    const broken = script(join(context.cwd, 'broken'), '#!/bin/sh\nexit 5\n');
    await expect(first(context, broken)).rejects.toMatchObject({
      code: 'PROBE_FAILED',
      message: expect.stringContaining('(--try-first-with)'),
    });
  });
});

/** What the Python of a minor version calls itself. */
const versionOf = (minor: string): string =>
  INSTALLED_PYTHONS.findLast(({ version }) => version.slice(0, 2).join('.') === minor)?.version.join('.') ??
  `${minor}.0`;

describe('a broken Python that comes first', () => {
  test.each([[[]], [['3.12']], [['>=3.10']]])('is skipped with a warning, asked for %j', async (specs) => {
    const context = pathOf({ 'python3.12': '3.12' });
    const broken = script(join(context.cwd, 'python3'), '#!/bin/sh\necho "bad luck" >&2\nexit 5\n');
    const first = freshDirectory();
    link(join(first, 'python3'), broken);
    const warned: string[] = [];
    const env = { ...context.env, PATH: `${first}:${context.cwd}` };
    const { interpreter } = await find({ ...context, env, warn: (message) => warned.push(message) }, ...specs);
    expect(interpreter.version.minor).toBe(12);
    expect(warned).toEqual([
      expect.stringMatching(
        `^${join(first, 'python3')} \\(PATH\\) exited with code 5 while being probed: bad luck.*; ${interpreter.executable} \\(PATH\\) is used instead$`,
      ),
    ]);
  });

  test('is not mentioned where it does not come before the one that is taken', async () => {
    const context = pathOf({ python3: '3.12' });
    script(join(context.cwd, 'python'), '#!/bin/sh\nexit 5\n');
    const warned: string[] = [];
    await find({ ...context, warn: (message) => warned.push(message) });
    expect(warned).toEqual([]);
  });
});

describe('when nothing fits', () => {
  test('the error tells what was asked for, what there is, and where was looked', async () => {
    const context = pathOf({ python3: '3.12', 'python3.9': '3.9', python: '2.7' });
    const directory = context.cwd;
    const broken = script(join(directory, 'python3.8'), '#!/bin/sh\necho "bad luck" >&2\nexit 5\n');
    await expect(find(context, '3.8', 'pypy3.9')).rejects.toMatchObject({
      code: 'INTERPRETER_NOT_FOUND',
      exitCode: 1,
      message: [
        'No Python fits `3.8` or `pypy3.9`',
        "  can't be used:",
        `    ${broken} (PATH) exited with code 5 while being probed: bad luck`,
        '  found instead:',
        `    CPython ${versionOf('3.12')} at ${directory}/python3 (PATH), but it is CPython`,
        `    CPython ${versionOf('2.7')} at ${directory}/python (PATH), but it is CPython`,
        `    CPython ${versionOf('3.9')} at ${directory}/python3.9 (PATH), but it is CPython`,
        '  searched: PATH',
      ].join('\n'),
      hint: 'Name another with -p, for example -p 3.12, or give the path of a Python.',
      cause: { code: 'PROBE_FAILED' },
    });
  });

  test('a wrong spec is told before anything is looked for', async () => {
    const context = pathOf({ python3: '3.12' });
    await expect(find(context, '3.12', '>=x')).rejects.toMatchObject({ code: 'SPEC_INVALID' });
    expect(context.debugMessages).toStrictEqual([]);
  });

  test('with an empty PATH and no managers', async () => {
    await expect(find(contextFor())).rejects.toMatchObject({
      message: 'No Python fits any Python 3\n  searched: PATH',
      hint: expect.stringContaining('/path/to/python'),
    });
  });
});

test('a candidate that is broken is ignored when another fits', async () => {
  const context = pathOf({ 'python3.12': '3.12' });
  script(join(context.cwd, 'python3'), '#!/bin/sh\nexit 5\n');
  expect(await minorOf(context, '>=3.9')).toBe(12);
  expect(await minorOf(context)).toBe(12);
});

test('candidates are asked only until one fits', async () => {
  const context = pathOf({ python3: '3.12', 'python3.9': '3.9', python: '3.10' });
  await find(context, '>=3.9');
  expect(context.debugMessages.filter((line) => line.startsWith('starting'))).toHaveLength(1);
});

// A real interpreter whose sitecustomize makes it a pre-release, or a debug build, of itself.
describe.skipIf(!hasSystemPython)('one that no one asked for', () => {
  function treeThatIs(text: string): string {
    const { executable, stdlib } = treeOfPython(join(freshDirectory(), 'tree'));
    file(join(stdlib, 'sitecustomize.py'), `import sys\n${text}\n`);
    return executable;
  }
  const beta = (): string => treeThatIs('sys.version_info = sys.version_info[:2] + (5, "beta", 2)');
  const debug = (): string => treeThatIs('sys.gettotalrefcount = lambda: 0');

  test.each([
    ['a pre-release', beta],
    ['a debug build', debug],
  ])('%s is taken after all others, alone, or when it was asked for', async (_, make) => {
    const special = make();
    const directory = freshDirectory();
    link(join(directory, 'python3'), special);
    const alone = contextFor({ env: { PATH: directory } });
    for (const specs of [[], [systemMinor], ['>=3.9'], ['cpython']]) {
      expect((await find(alone, ...specs)).interpreter.realExecutable).toBe(special);
    }
    // The same version without anything special about it.
    const other = freshDirectory();
    link(join(other, 'python3'), systemPython);
    const both = contextFor({ env: { PATH: `${directory}:${other}` } });
    for (const specs of [[], [systemMinor], ['>=3.9'], ['cpython'], ['python3']]) {
      expect((await find(both, ...specs)).interpreter.executable).toBe(join(other, 'python3'));
    }
    expect((await find(both, special)).interpreter.realExecutable).toBe(special);
    const asked = make === beta ? `==${systemMinor}.5b2` : `${systemMinor}d`;
    expect((await find(both, asked)).interpreter.realExecutable).toBe(special);
  });
});

test('build details tell without a start that a Python does not fit (PEP 739)', async () => {
  const tree = freshDirectory();
  const executable = script(join(tree, 'bin', 'python3.14'), '#!/bin/sh\nexit 5\n');
  const details = {
    schema_version: '1.0',
    base_prefix: '../..',
    base_interpreter: 'bin/python3.14',
    platform: 'linux-x86_64',
    language: { version: '3.14' },
    implementation: {
      name: 'cpython',
      version: { major: 3, minor: 14, micro: 2, releaselevel: 'final', serial: 0 },
      cache_tag: 'cpython-314',
    },
    abi: { flags: [], extension_suffix: '.cpython-314-x86_64-linux-gnu.so' },
  };
  file(join(tree, 'lib', 'python3.14', 'build-details.json'), JSON.stringify(details));
  link(join(tree, 'bin', 'python3'), 'python3.14');
  const context = contextFor({ env: { PATH: join(tree, 'bin') } });
  await expect(find(context, '3.12')).rejects.toMatchObject({
    message: expect.stringContaining(`CPython 3.14.2 at ${join(tree, 'bin', 'python3')} (PATH)`),
  });
  // Of one that fits they are no proof.
  await expect(find(context, '3.14')).rejects.toMatchObject({
    message: expect.stringContaining(`${executable} (PATH) exited with code 5`),
  });
});

test("another discoverer's candidates are asked in its order, and its failures are its own", async () => {
  const acme = defineDiscoverer({
    kind: 'discoverer',
    name: 'acme',
    title: 'Acme',
    *candidates(): Iterable<Candidate> {
      yield { executable: '/nowhere/python', source: 'the shelf' };
      yield { executable: python('3.9'), source: 'the cellar' };
      yield { executable: python('3.10'), source: 'the cellar' };
    },
  });
  const request = { discoverer: acme, settings: {}, context: contextFor() };
  expect(await findInterpreter({ ...request, specs: [] })).toMatchObject({
    source: 'the cellar',
    interpreter: { version: { minor: 9 } },
  });
  expect((await findInterpreter({ ...request, specs: ['3.10'] })).interpreter.version.minor).toBe(10);
  await expect(findInterpreter({ ...request, specs: ['3.11'] })).rejects.toMatchObject({
    message: expect.stringMatching(/searched: the discoverer `acme`$/),
  });
});
