import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { newDesk, vivariumCommand } from './vivarium.ts';

const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';
const CREATE = ['create', '-p', python, '--no-seed'];

test('a destination that is a redirect is refused, and what it names is offered', async () => {
  const desk = newDesk();
  await desk.vivarium(...CREATE, 'env');
  writeFileSync(join(desk.directory, '.venv'), 'env\r\nreserved');
  const { exitCode, stderr } = await desk.vivarium(...CREATE, '--clear');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${desk.directory}/.venv is a redirect to ${desk.directory}/env\n`);
  expect(stderr).toContain(`give the destination ${desk.directory}/env.`);
  expect(readFileSync(join(desk.directory, '.venv'), 'utf8')).toBe('env\r\nreserved');
  writeFileSync(join(desk.directory, '.venv'), 'gone\n');
  expect((await desk.vivarium(...CREATE)).stderr).toContain('gone, where there is no environment');
});

test('--venv-redirect writes a redirect, and replaces only one that names an environment of its own', async () => {
  const desk = newDesk();
  const redirect = join(desk.directory, '.venv');
  expect((await desk.vivarium(...CREATE, 'one')).exitCode).toBe(0);
  expect(existsSync(redirect)).toBe(false);
  const dry = await desk.vivarium(...CREATE, '--venv-redirect', '--dry-run', 'two');
  expect(dry.stdout).toContain(`would write the redirect ${redirect} to ${desk.directory}/two`);
  expect(existsSync(redirect)).toBe(false);
  for (const name of ['two', 'three']) {
    const { stdout } = await desk.vivarium(...CREATE, '--venv-redirect', '--json', name);
    expect(JSON.parse(stdout).environments[0].redirect).toBe(redirect);
    expect(readFileSync(redirect, 'utf8')).toBe(`${name}\n`);
  }
  for (const content of ['', 'one\nmore', 'gone\n', './one', '\0\n']) {
    writeFileSync(redirect, content);
    const { exitCode, stderr } = await desk.vivarium(...CREATE, '--venv-redirect', 'four');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('no redirect to') });
    expect(readFileSync(redirect, 'utf8')).toBe(content);
  }
  expect(readdirSync(desk.directory).filter((name) => name.startsWith('.venv'))).toEqual(['.venv']);
});

test('--central keeps the environment outside of the project, under a name that stays the same', async () => {
  const desk = newDesk();
  for (const name of ['a', 'b']) mkdirSync(join(desk.directory, name));
  const central = join(desk.directory, 'data/vivarium-environments/zoo');
  for (const name of ['a', 'b']) {
    const cwd = join(desk.directory, name);
    const run = await desk.runIn(cwd, vivariumCommand(), ...CREATE, '--central', 'zoo');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(join(cwd, '.venv'), 'utf8')).toBe(`${central}\n`);
    expect(existsSync(join(central, 'pyvenv.cfg'))).toBe(true);
  }
});

test('--central refuses to begin where its redirect cannot be written, and names that are paths', async () => {
  const desk = newDesk();
  symlinkSync('elsewhere', join(desk.directory, '.venv'));
  expect(await desk.vivarium(...CREATE, '--central', 'zoo')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('exists and was not written for an environment'),
  });
  for (const name of ['../zoo', '-x', '.hidden', 'a/b', 'a'.repeat(200)]) {
    expect(await desk.vivarium(...CREATE, `--central=${name}`)).toMatchObject({ exitCode: 2 });
  }
  expect(existsSync(join(desk.directory, 'data/vivarium-environments'))).toBe(false);
});
