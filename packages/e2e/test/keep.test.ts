import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { openTerminal } from '@vivarium/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { findProgram } from './program.ts';
import { newSandbox, type Sandbox, vivariumCommand } from './vivarium.ts';

// What is done with environments that exist: list, remove, prune, undo, move, clone.

const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';

async function sandboxWith(...names: readonly string[]): Promise<Sandbox> {
  const sandbox = newSandbox();
  for (const name of names) await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', name);
  return sandbox;
}

async function json(sandbox: Sandbox, ...args: string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await sandbox.vivarium(...args, '--json')).stdout);
}

test('list shows what is below a directory: the program, the Python that is found, and the state', async () => {
  const sandbox = await sandboxWith('a', 'b/c');
  rmSync(join(sandbox.directory, 'b/c/bin/python'));
  const { stdout, exitCode } = await sandbox.vivarium('list', '.');
  expect(exitCode).toBe(0);
  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows.map(([path]) => path).sort()).toEqual([`${sandbox.directory}/a`, `${sandbox.directory}/b/c`]);
  expect(rows.find(([path]) => path === `${sandbox.directory}/a`)).toEqual([
    `${sandbox.directory}/a`,
    'vivarium',
    expect.stringMatching(/^\d/),
    'ok',
    expect.any(String),
  ]);
  const { environments } = await json(sandbox, 'list', '.', '--size');
  expect(environments).toContainEqual(
    expect.objectContaining({ path: `${sandbox.directory}/b/c`, state: expect.stringMatching(/^[A-Z_]+$/) }),
  );
});

test('what remove takes comes back by undo, and both ask unless they are told', async () => {
  const sandbox = await sandboxWith('env');
  for (const args of [
    ['remove', 'env'],
    ['undo', 'env'],
  ]) {
    expect((await sandbox.vivarium(...args)).exitCode).not.toBe(0);
    expect(existsSync(join(sandbox.directory, 'env'))).toBe(true);
  }
  expect((await sandbox.vivarium('remove', '--dry-run', 'env')).stdout).toContain(
    `would remove ${sandbox.directory}/env`,
  );
  writeFileSync(join(sandbox.directory, 'env/mine'), 'text');
  expect(await json(sandbox, 'remove', '--yes', 'env')).toMatchObject({
    removed: [{ path: `${sandbox.directory}/env`, canBeRestored: true }],
  });
  expect(existsSync(join(sandbox.directory, 'env'))).toBe(false);
  expect(await json(sandbox, 'undo', '--list')).toMatchObject({
    entries: [{ path: `${sandbox.directory}/env`, removal: 'remove' }],
  });
  expect(await json(sandbox, 'undo', '--yes')).toMatchObject({ restored: `${sandbox.directory}/env`, replaced: false });
  expect(readFileSync(join(sandbox.directory, 'env/mine'), 'utf8')).toBe('text');
  expect(await sandbox.vivarium('undo', '--yes')).toMatchObject({ exitCode: 1 });
});

test('what create --clear replaced comes back by undo, and that can be undone', async () => {
  const sandbox = await sandboxWith('env');
  const mark = join(sandbox.directory, 'env/mine');
  writeFileSync(mark, 'text');
  await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', '--clear', 'env');
  expect(readdirSync(sandbox.directory).sort()).toEqual(['data', 'env']);
  expect(existsSync(mark)).toBe(false);
  for (const isBack of [true, false, true]) {
    expect(await json(sandbox, 'undo', '--yes', 'env')).toMatchObject({ replaced: true });
    expect(existsSync(mark)).toBe(isBack);
  }
});

test('a remove that cannot be done says why, and takes nothing else', async () => {
  const sandbox = await sandboxWith('env', 'kept');
  mkdirSync(join(sandbox.directory, 'data-of-mine'));
  writeFileSync(join(sandbox.directory, 'data-of-mine/file'), '');
  mkdirSync(join(sandbox.directory, 'kept/src/.git'), { recursive: true });
  for (const path of ['data-of-mine', 'gone', '.', '/', 'kept']) {
    expect((await sandbox.vivarium('remove', '--yes', 'env', path)).exitCode).toBe(2);
  }
  expect(readdirSync(sandbox.directory).sort()).toEqual(['data', 'data-of-mine', 'env', 'kept']);
  expect(await sandbox.vivarium('remove')).toMatchObject({ exitCode: 2 });
});

test('prune takes what is dead, and with --unused-for what was not used', async () => {
  const sandbox = await sandboxWith('dead', 'alive');
  rmSync(join(sandbox.directory, 'dead/bin/python'));
  expect(await json(sandbox, 'prune', '.', '--dry-run')).toMatchObject({ wouldRemove: [`${sandbox.directory}/dead`] });
  await sandbox.vivarium('prune', '.', '--yes');
  expect(readdirSync(sandbox.directory).sort()).toEqual(['alive', 'data']);
  expect(await json(sandbox, 'prune', '.', '--unused-for', '1', '--dry-run')).toMatchObject({ wouldRemove: [] });
  expect(await json(sandbox, 'prune', '.', '--unused-for', '0', '--dry-run')).toMatchObject({
    wouldRemove: [`${sandbox.directory}/alive`],
  });
});

test('move and clone say what names the new place, and --dry-run changes nothing', async () => {
  const sandbox = await sandboxWith('env');
  expect((await sandbox.vivarium('move', '--dry-run', 'env', 'new')).stdout).toMatch(/^would move .*\n {2}tree /);
  expect(readdirSync(sandbox.directory).sort()).toEqual(['data', 'env']);
  expect(await json(sandbox, 'clone', 'env', 'copy')).toMatchObject({
    rewritten: expect.arrayContaining(['pyvenv.cfg']),
    notes: [],
  });
  expect(await json(sandbox, 'move', 'env', 'a b')).toMatchObject({
    destination: `${sandbox.directory}/a b`,
    notes: [],
  });
  for (const name of ['copy', 'a b']) {
    const { stdout } = await sandbox.vivarium('run', name, '--', 'python', '-c', 'import sys; print(sys.prefix)');
    expect(stdout).toBe(`${sandbox.directory}/${name}`);
  }
  expect(readdirSync(sandbox.directory).sort()).toEqual(['a b', 'copy', 'data']);
  expect(await sandbox.vivarium('move', 'copy')).toMatchObject({ exitCode: 2 });
  expect(await sandbox.vivarium('move', 'copy', 'a b')).toMatchObject({ exitCode: 2 });
});

const bash = findProgram('bash');
test.skipIf(bash === undefined)('remove asks at a terminal, and takes nothing but a yes for one', async () => {
  const sandbox = await sandboxWith('env');
  const PATH = [dirname(vivariumCommand()), sandbox.env.PATH].join(delimiter);
  const env = { ...sandbox.env, PATH, PS1: '$ ', HISTFILE: '' };
  const terminal = openTerminal({
    program: bash ?? 'bash',
    arguments: ['--norc', '--noprofile', '-i'],
    env,
    cwd: sandbox.directory,
  });
  onTestFinished(() => terminal.close());
  for (const [answer, isThere] of [
    ['', true],
    ['no', true],
    ['y', false],
  ] as const) {
    terminal.enter('vivarium remove env');
    await terminal.wait((drawn) => drawn.includes('[y/N]'), 20_000);
    terminal.enter(answer);
    terminal.enter("echo do''ne");
    await terminal.wait((drawn) => /^done$/m.test(drawn), 20_000);
    expect([answer, existsSync(join(sandbox.directory, 'env'))]).toEqual([answer, isThere]);
  }
});
