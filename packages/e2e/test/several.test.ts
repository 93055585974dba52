import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyPython, INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { newSandbox } from './vivarium.ts';

const [python = anyPython().executable, second] = INSTALLED_PYTHONS_3.map(({ executable }) => executable);

test('makes several environments by one command, with a report on each', async () => {
  const sandbox = newSandbox();
  const { exitCode, stdout } = await sandbox.vivarium('create', '-p', python, '--no-seed', 'a', 'b', 'c');
  expect(exitCode).toBe(0);
  expect(stdout.match(/^ {2}creator .*dest=[^,]*/gm)?.map((line) => line.slice(-1))).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'b', 'c']) {
    const prefix = await sandbox.run(
      join(sandbox.directory, name, 'bin/python'),
      '-c',
      'import sys; print(sys.prefix)',
    );
    expect(prefix.stdout).toBe(join(sandbox.directory, name));
  }
});

test.skipIf(second === undefined)('makes one for each Python that is asked for (needs two of them)', async () => {
  const sandbox = newSandbox();
  const made = await sandbox.vivarium('create', '-p', python, '-p', second ?? '', '--no-seed', '.venv-{python}');
  expect(made.exitCode).toBe(0);
  const names = readdirSync(sandbox.directory).filter((name) => name.startsWith('.venv-'));
  expect(names).toHaveLength(2);
  for (const name of names) {
    const code = 'import sys; print("%d.%d" % sys.version_info[:2])';
    const { stdout } = await sandbox.run(join(sandbox.directory, name, 'bin/python'), '-c', code);
    expect(name).toBe(`.venv-${stdout}`);
  }
});

test('one that fails leaves the others alone, and is told in words and in JSON', async () => {
  const sandbox = newSandbox();
  writeFileSync(join(sandbox.directory, 'file'), '');
  const told = await sandbox.vivarium('create', '-p', python, '--no-seed', 'good', 'file');
  expect(told.exitCode).toBe(2);
  expect(told.stdout).toMatch(/^created virtual environment/);
  expect(told.stderr).toContain(`${join(sandbox.directory, 'file')} exists and is a file`);

  const { exitCode, stdout } = await sandbox.vivarium('create', '-p', python, '--no-seed', '--json', 'file', 'better');
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    environments: [{ destination: join(sandbox.directory, 'better'), mode: 'create' }],
    errors: [{ destination: 'file', code: 'DESTINATION_NOT_DIRECTORY' }],
  });
});

test('refuses two environments at one place, and makes neither', async () => {
  const sandbox = newSandbox();
  const { exitCode, stderr } = await sandbox.vivarium('create', '-p', python, '--no-seed', 'env', './env');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`Two environments are to be created at ${join(sandbox.directory, 'env')}`);
  expect(existsSync(join(sandbox.directory, 'env'))).toBe(false);
});
