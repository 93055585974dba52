import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { openTerminal } from '@vivarium/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { findProgram } from './program.ts';
import { type Desk, newDesk, vivariumCommand } from './vivarium.ts';

// What is done with environments that exist: list, remove, prune, undo, move, clone.

const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';

async function deskWith(...names: readonly string[]): Promise<Desk> {
  const desk = newDesk();
  for (const name of names) await desk.vivarium('create', '-q', '-p', python, '--no-seed', name);
  return desk;
}

async function json(desk: Desk, ...args: string[]): Promise<Record<string, unknown>> {
  return JSON.parse((await desk.vivarium(...args, '--json')).stdout);
}

test('list shows what is below a directory: the program, the Python that is found, and the state', async () => {
  const desk = await deskWith('a', 'b/c');
  rmSync(join(desk.directory, 'b/c/bin/python'));
  const { stdout, exitCode } = await desk.vivarium('list', '.');
  expect(exitCode).toBe(0);
  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows.map(([path]) => path).sort()).toEqual([`${desk.directory}/a`, `${desk.directory}/b/c`]);
  expect(rows.find(([path]) => path === `${desk.directory}/a`)).toEqual([
    `${desk.directory}/a`,
    'vivarium',
    expect.stringMatching(/^\d/),
    'ok',
    expect.any(String),
  ]);
  const { environments } = await json(desk, 'list', '.', '--size');
  expect(environments).toContainEqual(
    expect.objectContaining({ path: `${desk.directory}/b/c`, state: expect.stringMatching(/^[A-Z_]+$/) }),
  );
});

test('what remove takes comes back by undo, and both ask unless they are told', async () => {
  const desk = await deskWith('env');
  for (const args of [
    ['remove', 'env'],
    ['undo', 'env'],
  ]) {
    expect((await desk.vivarium(...args)).exitCode).not.toBe(0);
    expect(existsSync(join(desk.directory, 'env'))).toBe(true);
  }
  expect((await desk.vivarium('remove', '--dry-run', 'env')).stdout).toContain(`would remove ${desk.directory}/env`);
  writeFileSync(join(desk.directory, 'env/mine'), 'text');
  expect(await json(desk, 'remove', '--yes', 'env')).toMatchObject({
    removed: [{ path: `${desk.directory}/env`, canBeRestored: true }],
  });
  expect(existsSync(join(desk.directory, 'env'))).toBe(false);
  expect(await json(desk, 'undo', '--list')).toMatchObject({
    entries: [{ path: `${desk.directory}/env`, removal: 'remove' }],
  });
  expect(await json(desk, 'undo', '--yes')).toMatchObject({ restored: `${desk.directory}/env`, replaced: false });
  expect(readFileSync(join(desk.directory, 'env/mine'), 'utf8')).toBe('text');
  expect(await desk.vivarium('undo', '--yes')).toMatchObject({ exitCode: 1 });
});

test('what create --clear replaced comes back by undo, and that can be undone', async () => {
  const desk = await deskWith('env');
  const mark = join(desk.directory, 'env/mine');
  writeFileSync(mark, 'text');
  await desk.vivarium('create', '-q', '-p', python, '--no-seed', '--clear', 'env');
  expect(readdirSync(desk.directory).sort()).toEqual(['data', 'env']);
  expect(existsSync(mark)).toBe(false);
  for (const isBack of [true, false, true]) {
    expect(await json(desk, 'undo', '--yes', 'env')).toMatchObject({ replaced: true });
    expect(existsSync(mark)).toBe(isBack);
  }
});

test('a remove that cannot be done says why, and takes nothing else', async () => {
  const desk = await deskWith('env', 'kept');
  mkdirSync(join(desk.directory, 'data-of-mine'));
  writeFileSync(join(desk.directory, 'data-of-mine/file'), '');
  mkdirSync(join(desk.directory, 'kept/src/.git'), { recursive: true });
  for (const path of ['data-of-mine', 'gone', '.', '/', 'kept']) {
    expect((await desk.vivarium('remove', '--yes', 'env', path)).exitCode).toBe(2);
  }
  expect(readdirSync(desk.directory).sort()).toEqual(['data', 'data-of-mine', 'env', 'kept']);
  expect(await desk.vivarium('remove')).toMatchObject({ exitCode: 2 });
});

test('prune takes what is dead, and with --unused-for what was not used', async () => {
  const desk = await deskWith('dead', 'alive');
  rmSync(join(desk.directory, 'dead/bin/python'));
  expect(await json(desk, 'prune', '.', '--dry-run')).toMatchObject({ wouldRemove: [`${desk.directory}/dead`] });
  await desk.vivarium('prune', '.', '--yes');
  expect(readdirSync(desk.directory).sort()).toEqual(['alive', 'data']);
  expect(await json(desk, 'prune', '.', '--unused-for', '1', '--dry-run')).toMatchObject({ wouldRemove: [] });
  expect(await json(desk, 'prune', '.', '--unused-for', '0', '--dry-run')).toMatchObject({
    wouldRemove: [`${desk.directory}/alive`],
  });
});

test('move and clone say what names the new place, and --dry-run changes nothing', async () => {
  const desk = await deskWith('env');
  expect((await desk.vivarium('move', '--dry-run', 'env', 'new')).stdout).toMatch(/^would move .*\n {2}tree /);
  expect(readdirSync(desk.directory).sort()).toEqual(['data', 'env']);
  expect(await json(desk, 'clone', 'env', 'copy')).toMatchObject({
    rewritten: expect.arrayContaining(['pyvenv.cfg']),
    notes: [],
  });
  expect(await json(desk, 'move', 'env', 'a b')).toMatchObject({ destination: `${desk.directory}/a b`, notes: [] });
  for (const name of ['copy', 'a b']) {
    const { stdout } = await desk.vivarium('run', name, '--', 'python', '-c', 'import sys; print(sys.prefix)');
    expect(stdout).toBe(`${desk.directory}/${name}`);
  }
  expect(readdirSync(desk.directory).sort()).toEqual(['a b', 'copy', 'data']);
  expect(await desk.vivarium('move', 'copy')).toMatchObject({ exitCode: 2 });
  expect(await desk.vivarium('move', 'copy', 'a b')).toMatchObject({ exitCode: 2 });
});

const bash = findProgram('bash');
test.skipIf(bash === undefined)('remove asks at a terminal, and takes nothing but a yes for one', async () => {
  const desk = await deskWith('env');
  const PATH = [dirname(vivariumCommand()), desk.env.PATH].join(delimiter);
  const env = { ...desk.env, PATH, PS1: '$ ', HISTFILE: '' };
  const terminal = openTerminal({
    program: bash ?? 'bash',
    arguments: ['--norc', '--noprofile', '-i'],
    env,
    cwd: desk.directory,
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
    expect([answer, existsSync(join(desk.directory, 'env'))]).toEqual([answer, isThere]);
  }
});
