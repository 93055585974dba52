import { existsSync, lstatSync, readFileSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { newSandbox } from '../vivarium.ts';
import { leftIn, OLD_MODULE, sitePackages, stateOf } from './lab/state.ts';

const [one, other] = INSTALLED_PYTHONS_3.slice(-3);
const two = test.skipIf((one === undefined || other === undefined) && process.env.CI !== 'true');

async function withEnvironment() {
  const sandbox = newSandbox();
  const env = join(sandbox.directory, 'env');
  const python = one?.executable ?? 'python3';
  expect(await sandbox.vivarium('create', '-p', python, 'env')).toMatchObject({ exitCode: 0 });
  writeFileSync(join(sitePackages(env), OLD_MODULE), '');
  return { sandbox, env, python };
}

two('one of another minor version is refused with what to do, and is not touched', async () => {
  const { sandbox, env } = await withEnvironment();
  const before = readFileSync(join(env, 'pyvenv.cfg'), 'utf8');
  const refused = await sandbox.vivarium('create', '-p', other?.executable ?? '', 'env');
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--clear') });
  expect(readFileSync(join(env, 'pyvenv.cfg'), 'utf8')).toBe(before);
  expect(await sandbox.vivarium('create', '-p', other?.executable ?? '', '--clear', 'env')).toMatchObject({
    exitCode: 0,
  });
  expect(await stateOf(sandbox, env)).toBe('new');
});

test('one whose base is gone is pointed again, and keeps its packages', async () => {
  const { sandbox, env, python } = await withEnvironment();
  for (const name of ['python', 'python3']) {
    const link = join(env, 'bin', name);
    if (!readlinkSync(link).startsWith('/')) continue;
    unlinkSync(link);
    symlinkSync('/gone/bin/python', link);
  }
  expect(existsSync(join(env, 'bin/python'))).toBe(false);
  expect(await sandbox.vivarium('create', '-p', python, 'env')).toMatchObject({ exitCode: 0 });
  expect(await stateOf(sandbox, env)).toBe('old');
});

test('a directory that is not an environment is refused and not touched', async () => {
  const sandbox = newSandbox();
  await sandbox.run('sh', '-c', 'mkdir env && echo mine > env/letter');
  for (const options of [[], ['--clear']]) {
    expect(await sandbox.vivarium('create', ...options, 'env')).toMatchObject({ exitCode: 2 });
    expect(readFileSync(join(sandbox.directory, 'env/letter'), 'utf8')).toBe('mine\n');
  }
});

test('a link at the destination stays a link, and its target becomes the environment', async () => {
  const sandbox = newSandbox();
  symlinkSync('real/env', join(sandbox.directory, 'link'));
  for (const options of [[], [], ['--clear']]) {
    expect(await sandbox.vivarium('create', ...options, 'link')).toMatchObject({ exitCode: 0 });
    expect(lstatSync(join(sandbox.directory, 'link')).isSymbolicLink()).toBe(true);
    expect(await stateOf(sandbox, join(sandbox.directory, 'real/env'))).toBe('new');
  }
  expect(leftIn(sandbox.directory, join(sandbox.directory, 'real'))).toEqual([]);
});
