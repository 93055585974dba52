import { existsSync, lstatSync, readFileSync, readlinkSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { newDesk } from '../vivarium.ts';
import { leftIn, OLD_MODULE, sitePackages, stateOf } from './lab/state.ts';

const [one, other] = INSTALLED_PYTHONS_3.slice(-3);
const two = test.skipIf((one === undefined || other === undefined) && process.env.CI !== 'true');

async function withEnvironment() {
  const desk = newDesk();
  const env = join(desk.directory, 'env');
  const python = one?.executable ?? 'python3';
  expect(await desk.vivarium('create', '-p', python, 'env')).toMatchObject({ exitCode: 0 });
  writeFileSync(join(sitePackages(env), OLD_MODULE), '');
  return { desk, env, python };
}

two('one of another minor version is refused with what to do, and is not touched', async () => {
  const { desk, env } = await withEnvironment();
  const before = readFileSync(join(env, 'pyvenv.cfg'), 'utf8');
  const refused = await desk.vivarium('create', '-p', other?.executable ?? '', 'env');
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--clear') });
  expect(readFileSync(join(env, 'pyvenv.cfg'), 'utf8')).toBe(before);
  expect(await desk.vivarium('create', '-p', other?.executable ?? '', '--clear', 'env')).toMatchObject({ exitCode: 0 });
  expect(await stateOf(desk, env)).toBe('new');
});

test('one whose base is gone is pointed again, and keeps its packages', async () => {
  const { desk, env, python } = await withEnvironment();
  for (const name of ['python', 'python3']) {
    const link = join(env, 'bin', name);
    if (!readlinkSync(link).startsWith('/')) continue;
    unlinkSync(link);
    symlinkSync('/gone/bin/python', link);
  }
  expect(existsSync(join(env, 'bin/python'))).toBe(false);
  expect(await desk.vivarium('create', '-p', python, 'env')).toMatchObject({ exitCode: 0 });
  expect(await stateOf(desk, env)).toBe('old');
});

test('a directory that is not an environment is refused and not touched', async () => {
  const desk = newDesk();
  await desk.run('sh', '-c', 'mkdir env && echo mine > env/letter');
  for (const options of [[], ['--clear']]) {
    expect(await desk.vivarium('create', ...options, 'env')).toMatchObject({ exitCode: 2 });
    expect(readFileSync(join(desk.directory, 'env/letter'), 'utf8')).toBe('mine\n');
  }
});

test('a link at the destination stays a link, and its target becomes the environment', async () => {
  const desk = newDesk();
  symlinkSync('real/env', join(desk.directory, 'link'));
  for (const options of [[], [], ['--clear']]) {
    expect(await desk.vivarium('create', ...options, 'link')).toMatchObject({ exitCode: 0 });
    expect(lstatSync(join(desk.directory, 'link')).isSymbolicLink()).toBe(true);
    expect(await stateOf(desk, join(desk.directory, 'real/env'))).toBe('new');
  }
  expect(leftIn(desk.directory, join(desk.directory, 'real'))).toEqual([]);
});
