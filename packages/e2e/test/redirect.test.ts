import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { newSandbox, vivariumCommand } from './vivarium.ts';

const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';
const CREATE = ['create', '-p', python, '--no-seed'];

test('a destination that is a redirect is refused, and what it names is offered', async () => {
  const sandbox = newSandbox();
  await sandbox.vivarium(...CREATE, 'env');
  writeFileSync(join(sandbox.directory, '.venv'), 'env\r\nreserved');
  const { exitCode, stderr } = await sandbox.vivarium(...CREATE, '--clear');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${sandbox.directory}/.venv is a redirect to ${sandbox.directory}/env\n`);
  expect(stderr).toContain(`give the destination ${sandbox.directory}/env.`);
  expect(readFileSync(join(sandbox.directory, '.venv'), 'utf8')).toBe('env\r\nreserved');
  writeFileSync(join(sandbox.directory, '.venv'), 'gone\n');
  expect((await sandbox.vivarium(...CREATE)).stderr).toContain('gone, where there is no environment');
});

test('--venv-redirect writes a redirect, and replaces only one that names an environment of its own', async () => {
  const sandbox = newSandbox();
  const redirect = join(sandbox.directory, '.venv');
  expect((await sandbox.vivarium(...CREATE, 'one')).exitCode).toBe(0);
  expect(existsSync(redirect)).toBe(false);
  const dry = await sandbox.vivarium(...CREATE, '--venv-redirect', '--dry-run', 'two');
  expect(dry.stdout).toContain(`would write the redirect ${redirect} to ${sandbox.directory}/two`);
  expect(existsSync(redirect)).toBe(false);
  for (const name of ['two', 'three']) {
    const { stdout } = await sandbox.vivarium(...CREATE, '--venv-redirect', '--json', name);
    expect(JSON.parse(stdout).environments[0].redirect).toBe(redirect);
    expect(readFileSync(redirect, 'utf8')).toBe(`${name}\n`);
  }
  for (const content of ['', 'one\nmore', 'gone\n', './one', '\0\n']) {
    writeFileSync(redirect, content);
    const { exitCode, stderr } = await sandbox.vivarium(...CREATE, '--venv-redirect', 'four');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('no redirect to') });
    expect(readFileSync(redirect, 'utf8')).toBe(content);
  }
  expect(readdirSync(sandbox.directory).filter((name) => name.startsWith('.venv'))).toEqual(['.venv']);
});

test('--central keeps the environment outside of the project, under a name that stays the same', async () => {
  const sandbox = newSandbox();
  for (const name of ['a', 'b']) mkdirSync(join(sandbox.directory, name));
  const central = join(sandbox.directory, 'data/vivarium-environments/zoo');
  for (const name of ['a', 'b']) {
    const cwd = join(sandbox.directory, name);
    const run = await sandbox.runIn(cwd, vivariumCommand(), ...CREATE, '--central', 'zoo');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    expect(readFileSync(join(cwd, '.venv'), 'utf8')).toBe(`${central}\n`);
    expect(existsSync(join(central, 'pyvenv.cfg'))).toBe(true);
  }
});

test('--central refuses to begin where its redirect cannot be written, and names that are paths', async () => {
  const sandbox = newSandbox();
  symlinkSync('elsewhere', join(sandbox.directory, '.venv'));
  expect(await sandbox.vivarium(...CREATE, '--central', 'zoo')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('exists and was not written for an environment'),
  });
  for (const name of ['../zoo', '-x', '.hidden', 'a/b', 'a'.repeat(200)]) {
    expect(await sandbox.vivarium(...CREATE, `--central=${name}`)).toMatchObject({ exitCode: 2 });
  }
  expect(existsSync(join(sandbox.directory, 'data/vivarium-environments'))).toBe(false);
});
