import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { anyPython, INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { expect, test } from 'vitest';
import { newDesk } from './vivarium.ts';

const [python = anyPython().executable, second] = INSTALLED_PYTHONS_3.map(({ executable }) => executable);

test('makes several environments by one command, with a report on each', async () => {
  const desk = newDesk();
  const { exitCode, stdout } = await desk.vivarium('create', '-p', python, '--no-seed', 'a', 'b', 'c');
  expect(exitCode).toBe(0);
  expect(stdout.match(/^ {2}creator .*dest=[^,]*/gm)?.map((line) => line.slice(-1))).toEqual(['a', 'b', 'c']);
  for (const name of ['a', 'b', 'c']) {
    const prefix = await desk.run(join(desk.directory, name, 'bin/python'), '-c', 'import sys; print(sys.prefix)');
    expect(prefix.stdout).toBe(join(desk.directory, name));
  }
});

test.skipIf(second === undefined)('makes one for each Python that is asked for (needs two of them)', async () => {
  const desk = newDesk();
  const made = await desk.vivarium('create', '-p', python, '-p', second ?? '', '--no-seed', '.venv-{python}');
  expect(made.exitCode).toBe(0);
  const names = readdirSync(desk.directory).filter((name) => name.startsWith('.venv-'));
  expect(names).toHaveLength(2);
  for (const name of names) {
    const code = 'import sys; print("%d.%d" % sys.version_info[:2])';
    const { stdout } = await desk.run(join(desk.directory, name, 'bin/python'), '-c', code);
    expect(name).toBe(`.venv-${stdout}`);
  }
});

test('one that fails leaves the others alone, and is told in words and in JSON', async () => {
  const desk = newDesk();
  writeFileSync(join(desk.directory, 'file'), '');
  const told = await desk.vivarium('create', '-p', python, '--no-seed', 'good', 'file');
  expect(told.exitCode).toBe(2);
  expect(told.stdout).toMatch(/^created virtual environment/);
  expect(told.stderr).toContain(`${join(desk.directory, 'file')} exists and is a file`);

  const { exitCode, stdout } = await desk.vivarium('create', '-p', python, '--no-seed', '--json', 'file', 'better');
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    environments: [{ destination: join(desk.directory, 'better'), mode: 'create' }],
    errors: [{ destination: 'file', code: 'DESTINATION_NOT_DIRECTORY' }],
  });
});

test('refuses two environments at one place, and makes neither', async () => {
  const desk = newDesk();
  const { exitCode, stderr } = await desk.vivarium('create', '-p', python, '--no-seed', 'env', './env');
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`Two environments are to be created at ${join(desk.directory, 'env')}`);
  expect(existsSync(join(desk.directory, 'env'))).toBe(false);
});
