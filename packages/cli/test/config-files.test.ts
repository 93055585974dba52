import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfigFiles } from '../src/config/config-files.ts';
import { testDirectory } from './directory.ts';

test('reads the nearest project, then the user, then virtualenv', async () => {
  const directory = testDirectory({
    'pyproject.toml': '[tool.vivarium]\nprompt = "too far up"\n',
    'project/pyproject.toml': '[project]\nname = "x"\n[tool.vivarium]\nprompt = "project"\n',
    'project/src/deep/file': '',
    'config/vivarium/vivarium.toml': 'prompt = "user"\n',
    'config/virtualenv/virtualenv.ini': '[virtualenv]\nprompt = ini\nclear = yes\n',
  });
  const env = { HOME: directory, XDG_CONFIG_HOME: join(directory, 'config') };
  const tables = await readConfigFiles({ env, cwd: join(directory, 'project/src/deep') });
  expect(tables.map(({ path, values }) => [path.slice(directory.length), { ...values }])).toEqual([
    ['/project/pyproject.toml', { prompt: 'project' }],
    ['/config/vivarium/vivarium.toml', { prompt: 'user' }],
    ['/config/virtualenv/virtualenv.ini', { prompt: 'ini', clear: 'yes' }],
  ]);
});

test('parses no project file that does not speak of vivarium', async () => {
  const directory = testDirectory({ 'pyproject.toml': 'this is = = no TOML' });
  expect(await readConfigFiles({ env: { HOME: directory }, cwd: directory })).toEqual([]);
});

test.each([
  [{ 'pyproject.toml': '[tool.vivarium]\nprompt = \n' }, 'line 2 of'],
  [{ '.config/vivarium/vivarium.toml': 'x = [' }, 'vivarium.toml'],
  [{ '.config/virtualenv/virtualenv.ini': '[virtualenv]\nno equals sign\n' }, 'Line 2 of'],
])('names the file and the place of a mistake: %j', async (files, place) => {
  const directory = testDirectory(files as Record<string, string>);
  await expect(readConfigFiles({ env: { HOME: directory }, cwd: directory })).rejects.toMatchObject({
    code: 'CONFIG_INVALID',
    exitCode: 2,
    message: expect.stringContaining(place),
  });
});

test('says so when a variable names a file that is not there', async () => {
  const directory = testDirectory();
  const env = { HOME: directory, VIVARIUM_CONFIG_FILE: 'missing.toml' };
  await expect(readConfigFiles({ env, cwd: directory })).rejects.toMatchObject({
    source: 'VIVARIUM_CONFIG_FILE',
  });
});
