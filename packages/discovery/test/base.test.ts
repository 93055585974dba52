import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { probeInterpreter } from '@vivarium/discovery';
import { describe, expect, test } from 'vitest';
import { contextFor, freshDirectory } from './context.ts';
import { link, script } from './files.ts';
import { hasSystemPython, needs, python, pythons } from './pythons.ts';
import { treeOfPython } from './tree.ts';

function environment(executable: string, directory: string, ...options: string[]): string {
  execFileSync(executable, ['-m', 'venv', '--without-pip', ...options, directory]);
  return join(directory, 'bin', 'python');
}

const venvs = [...pythons].filter(([version]) => !version.startsWith('2'));

describe.each(venvs)('an environment of Python %s', (version, base) => {
  const minor = version.split('.').slice(0, 2).join('.');
  const real = join(dirname(base), `python${minor}`);

  test.each(['--symlinks', '--copies'])('made with %s leads to its base', async (option) => {
    const directory = join(freshDirectory(), 'env');
    const executable = environment(base, directory, option);
    const interpreter = await probeInterpreter(executable, contextFor());
    const { prefix: basePrefix, ...ofBase } = await probeInterpreter(base, contextFor());
    expect(interpreter).toStrictEqual({
      ...ofBase,
      executable,
      systemExecutable: expect.stringMatching(new RegExp(`^${dirname(base)}/python[\\d.]*$`)),
      realExecutable: real,
      prefix: directory,
      basePrefix,
    });
  });
});

test('an environment that was created from an environment leads to the same base', async () => {
  const directory = freshDirectory();
  // The oldest and the newest that are really here, which may be one.
  for (const [version, base] of [venvs.at(0), venvs.at(-1)].filter((one) => one !== undefined)) {
    const outer = environment(base, join(directory, version, 'outer'), '--copies');
    const inner = environment(outer, join(directory, version, 'inner'), '--clear', '--copies');
    const interpreter = await probeInterpreter(inner, contextFor());
    expect(interpreter.prefix).toBe(join(directory, version, 'inner'));
    expect(interpreter.systemExecutable).toMatch(new RegExp(`^${dirname(base)}/`));
  }
});

needs('3.12')(
  'a base whose executable has another name now is found by the names it can have (needs Python 3.12)',
  async () => {
    const directory = freshDirectory();
    const home = join(directory, 'home');
    for (const name of ['python', 'python3', 'python3.12']) link(join(home, name), python('3.12'));
    const executable = environment(python('3.12'), join(directory, 'env'), '--copies');
    const config = join(directory, 'env', 'pyvenv.cfg');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^home = .*$/m, `home = ${home}`));
    rmSync(join(home, 'python'));
    const interpreter = await probeInterpreter(executable, contextFor());
    expect(interpreter.realExecutable).toBe(join(dirname(python('3.12')), 'python3.12'));
  },
);

test.skipIf(!hasSystemPython)('an environment whose base has no executable any more says so', async () => {
  const directory = freshDirectory();
  const tree = treeOfPython(join(directory, 'tree'));
  const executable = environment(tree.executable, join(directory, 'env'), '--copies');
  expect(await probeInterpreter(executable, contextFor())).toMatchObject({ realExecutable: tree.executable });
  rmSync(dirname(tree.executable), { recursive: true });
  await expect(probeInterpreter(executable, contextFor())).rejects.toMatchObject({
    code: 'INTERPRETER_BASE_NOT_FOUND',
    message: `${executable} (given by path) belongs to an environment whose base in ${directory}/tree was not found`,
  });
});

test.skipIf(!hasSystemPython)('of a base that was upgraded, the nearest version is taken and told', async () => {
  const directory = freshDirectory();
  const tree = treeOfPython(join(directory, 'tree'));
  const executable = environment(tree.executable, join(directory, 'env'), '--copies');
  rmSync(dirname(tree.executable), { recursive: true });
  for (const [name, minor] of [
    ['python', '2.7'],
    ['python3', '3.12'],
  ] as const) {
    link(join(dirname(tree.executable), name), python(minor));
  }
  expect(await probeInterpreter(executable, contextFor())).toMatchObject({
    executable,
    prefix: join(directory, 'env'),
    version: { major: 3, minor: 12 },
    realExecutable: join(dirname(python('3.12')), 'python3.12'),
  });
});

test('environments that name each other as their base lead to the system, or to an error', async () => {
  const directory = freshDirectory();
  const [one, other] = ['one', 'other'].map((name) => environment(python('3.12'), join(directory, name), '--copies'));
  for (const [name, home] of [
    ['one', 'other'],
    ['other', 'one'],
  ]) {
    const config = join(directory, `${name}`, 'pyvenv.cfg');
    writeFileSync(config, readFileSync(config, 'utf8').replace(/^home = .*$/m, `home = ${directory}/${home}/bin`));
  }
  for (const executable of [one ?? '', other ?? '']) {
    const answer = await probeInterpreter(executable, contextFor()).catch((error: unknown) => error);
    if (answer instanceof Error) expect(answer).toMatchObject({ code: 'INTERPRETER_BASE_NOT_FOUND' });
    else expect(answer).toMatchObject({ systemExecutable: expect.not.stringContaining(directory) });
  }
});

needs('3.12')('an environment that calls itself its base is no dead end (needs Python 3.12)', async () => {
  const directory = freshDirectory();
  const executable = environment(python('3.12'), join(directory, 'env'));
  const config = join(directory, 'env', 'pyvenv.cfg');
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^home = .*$/m, `home = ${directory}/env/bin`));
  expect(await probeInterpreter(executable, contextFor())).toMatchObject({
    realExecutable: join(dirname(python('3.12')), 'python3.12'),
  });
});

needs('3.8')('an environment whose links lead to an unusual name is based on that (needs Python 3.8)', async () => {
  const directory = freshDirectory();
  const unusual = link(join(directory, 'home', 'snake'), python('3.8'));
  const executable = environment(python('3.8'), join(directory, 'env'));
  rmSync(executable);
  symlinkSync(unusual, executable);
  const config = join(directory, 'env', 'pyvenv.cfg');
  writeFileSync(config, readFileSync(config, 'utf8').replace(/^home = .*$/m, `home = ${directory}/home`));
  expect(await probeInterpreter(executable, contextFor())).toMatchObject({
    prefix: join(directory, 'env'),
    realExecutable: join(dirname(python('3.8')), 'python3.8'),
  });
});

test('a dangling link says where it leads', async () => {
  const path = link(join(freshDirectory(), 'bin', 'python'), '/nowhere/python3.9');
  await expect(probeInterpreter(path, contextFor())).rejects.toMatchObject({
    message: expect.stringContaining('it is a link to /nowhere/python3.9, which does not exist'),
  });
});

describe('links', () => {
  const real = join(dirname(python('3.12')), 'python3.12');

  test('of an executable alone lead to the installation', async () => {
    const directory = freshDirectory();
    const second = link(join(directory, 'bin', 'py'), real);
    const first = link(join(directory, 'other', 'python'), '../bin/py');
    const interpreter = await probeInterpreter(first, contextFor());
    expect(interpreter).toMatchObject({ executable: first, systemExecutable: real, realExecutable: real });
    expect(await probeInterpreter(second, contextFor())).toMatchObject({ systemExecutable: real });
  });

  test('of a whole tree are kept', async () => {
    const tree = link(join(freshDirectory(), 'current'), dirname(dirname(real)));
    const executable = join(tree, 'bin', 'python3');
    const interpreter = await probeInterpreter(executable, contextFor());
    expect(interpreter).toMatchObject({ systemExecutable: executable, realExecutable: real, basePrefix: tree });
  });

  test('in a tree with blanks in its name are followed as elsewhere', async () => {
    const tree = join(freshDirectory(), 'a tree', 'of mine');
    link(join(tree, 'bin', 'python3.12'), real);
    symlinkSync('python3.12', join(tree, 'bin', 'python'));
    expect(await probeInterpreter(join(tree, 'bin', 'python'), contextFor())).toMatchObject({ systemExecutable: real });
  });
});

test('a script that starts a Python is described by what it starts', async () => {
  const path = script(join(freshDirectory(), 'python'), `#!/bin/sh\nexec ${python('3.11')} "$@"\n`);
  expect(await probeInterpreter(path, contextFor())).toMatchObject({
    executable: path,
    systemExecutable: python('3.11'),
  });
});
