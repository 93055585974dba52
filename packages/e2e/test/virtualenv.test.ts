import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALLED_PYTHONS, sampleOf } from '@vivarium/test-utils/pythons';
import { expect, inject, test } from 'vitest';
import { type Finished, newSandbox, type Sandbox } from './vivarium.ts';

const bin = (name = 'virtualenv') => join(inject('installation'), 'node_modules/.bin', name);
const virtualenv = (sandbox: Sandbox, ...args: readonly string[]): Promise<Finished> => sandbox.run(bin(), ...args);
const configurationOf = (directory: string): string => readFileSync(join(directory, 'pyvenv.cfg'), 'utf8');

test('--version has the shape that clients read, whatever else is said', async () => {
  const sandbox = newSandbox();
  const { stdout, stderr, exitCode } = await virtualenv(sandbox, '-p', '3.99', '--vers', 'env');
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const [, version, file = ''] = /^virtualenv (\S+) from (\/.*)$/.exec(stdout) ?? [];
  expect(version).toMatch(/^21\.15\.11\+vivarium\.\d+\.\d+\.\d+$/);
  expect(file).toMatch(/\/virtualenv\/__init__\.py$/);
  expect(existsSync(file)).toBe(true);
});

test('--help lists the options and says where the ini file is and whether it counts', async () => {
  const sandbox = newSandbox({ VIRTUALENV_CONFIG_FILE: 'mine.ini' });
  const help = async () => (await virtualenv(sandbox, '-h')).stdout;
  expect(await help()).toMatch(
    /^usage: virtualenv \[options\] dest\n[\s\S]*--system-site-packages[\s\S]*--no-setuptools/,
  );
  expect(await help()).toContain(
    `config file ${sandbox.directory}/mine.ini missing (changed via env var VIRTUALENV_CONFIG`,
  );
  writeFileSync(join(sandbox.directory, 'mine.ini'), '[virtualenv]\nclear = true\n');
  expect(await help()).toContain('mine.ini active (changed');
  writeFileSync(join(sandbox.directory, 'mine.ini'), 'nonsense\n');
  expect(await help()).toContain('mine.ini failed to parse (changed');
});

test('every option of virtualenv is taken under each of its names', async () => {
  const sandbox = newSandbox();
  const { stdout, stderr, exitCode } = await virtualenv(
    sandbox,
    ...['--with-traceback', '-v', '--verbose', '--app-data', 'data', '--reset-app-data', '--discovery', 'builtin'],
    ...['-p3.99', '--python=3', '--try-first-with', 'nowhere', '--creator', 'builtin', '--clear', '--no-vcs-ignore'],
    ...['--venv-redirect', '--no-venv-redirect'],
    ...['--system-site-packages', '--always-copy', '--copies', '--seeder', 'app-data', '--never-download'],
    ...[
      '--no-download',
      '--extra-search-dir',
      'w1',
      'w2',
      '--pip',
      'bundle',
      '--setuptools',
      'bundle',
      '--wheel',
      'bundle',
    ],
    ...['--no-wheel', '--no-setuptools', '--no-periodic-update', '--symlink-app-data', '--activators', 'bash, python'],
    ...['--prompt', 'zoo', '--no-pip', '--', '-env'],
  );
  expect(stderr).toContain('DEPRECATION: the --wheel and --no-wheel options do nothing');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/^created virtual environment /) });
  expect(stdout).toContain('clear=True, no_vcs_ignore=True, venv_redirect=False, global=True');
  expect(stdout).toContain('activators BashActivator,PythonActivator');
  expect(configurationOf(join(sandbox.directory, '-env'))).toMatch(
    /^command = virtualenv .*\/-env\nvivarium = .*\nvirtualenv = 21/m,
  );
  for (const args of [
    ['--symlinks', '--no-seed'],
    ['--without-pip', '--no-pip', '--no-download', '-qq'],
  ]) {
    expect(await virtualenv(sandbox, ...args, 'other')).toMatchObject({ exitCode: 0, stderr: '' });
  }
});

test.each([
  [[], 'Missing required argument dest'],
  [['a', 'b'], 'Unexpected argument `b`'],
  [['--no-such', 'env'], "Unknown option '--no-such'"],
  [['--ver', 'env'], 'ambiguous option: --ver could match --version, --verbose'],
  [['-q', '-v', 'env'], '--verbose and --quiet exclude each other'],
  [['--creator', 'foo', 'env'], 'There is no creator named `foo`'],
  [['--activators', 'foo', 'env'], 'There is no activator named `foo`'],
  [['file'], 'exists and is a file'],
  [['file/env'], 'is a file'],
  [['a:b'], 'contains the path separator (:)'],
])('%j is wrong usage: status 2, told as argparse tells it', async (args, sentence) => {
  const sandbox = newSandbox();
  writeFileSync(join(sandbox.directory, 'file'), '');
  const { exitCode, stdout, stderr } = await virtualenv(sandbox, ...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^usage: virtualenv \[options\] dest\nvirtualenv: error: /);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain('vivarium create');
});

test('what can not be done has status 1, and no usage', async () => {
  const sandbox = newSandbox();
  // Without a destination, virtualenv looks for the interpreter all the same, and fails with that.
  for (const args of [
    ['-p', '3.99', 'env'],
    ['-p', '3.99'],
  ]) {
    const { exitCode, stdout, stderr } = await virtualenv(sandbox, ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^virtualenv: error: .*3\.99/);
  }
});

test('its variables and its ini file count, and no file of vivarium does', async () => {
  const sandbox = newSandbox({ VIRTUALENV_NO_SEED: '1', VIRTUALENV_ACTIVATORS: 'bash', VIRTUALENV_CLEAR: 'perhaps' });
  mkdirSync(join(sandbox.directory, '.config/virtualenv'), { recursive: true });
  writeFileSync(
    join(sandbox.directory, '.config/virtualenv/virtualenv.ini'),
    '[virtualenv]\nprompt = zoo\nactivators = fish\n',
  );
  writeFileSync(join(sandbox.directory, 'pyproject.toml'), '[tool.vivarium]\nprompt = "mine"\nnonsense = 1\n');
  const { exitCode, stdout, stderr } = await virtualenv(sandbox, '--no-download', 'env');
  expect(stderr).toBe("warning: VIRTUALENV_CLEAR can't be used: expected true or false, got `perhaps`; ignored");
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expect.stringMatching(/activators BashActivator$/) });
  expect(configurationOf(join(sandbox.directory, 'env'))).toContain('prompt = "zoo"\n');
});

test('a directory with other things in it becomes an environment, and they stay', async () => {
  const sandbox = newSandbox();
  mkdirSync(join(sandbox.directory, 'project'));
  writeFileSync(join(sandbox.directory, 'project/setup.py'), 'mine');
  expect(await virtualenv(sandbox, '--no-seed', 'project')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(readFileSync(join(sandbox.directory, 'project/setup.py'), 'utf8')).toBe('mine');
  expect(await sandbox.run('project/bin/python', '-c', 'import sys; print(sys.prefix)')).toMatchObject({
    stdout: join(sandbox.directory, 'project'),
  });
});

const shimOf = async (sandbox: Sandbox): Promise<string> => (await virtualenv(sandbox, '--python-shim')).stdout;
const everyPython = sampleOf(INSTALLED_PYTHONS);

test.each(everyPython)(
  'python -m virtualenv under Python $name creates an environment of that Python',
  async ({ executable }) => {
    const sandbox = newSandbox();
    const shim = await shimOf(sandbox);
    const start = (...args: readonly string[]) =>
      sandbox.run('env', `PYTHONPATH=${shim}`, executable, '-m', 'virtualenv', ...args);
    expect(await start('--no-seed', 'a b')).toMatchObject({ exitCode: 0, stderr: '' });
    const ask = 'import sys; print(sys.version)';
    const [made, host] = [await sandbox.run('a b/bin/python', '-c', ask), await sandbox.run(executable, '-c', ask)];
    expect(made.stdout).toBe(host.stdout);
    expect((await start('--version')).stdout).toMatch(/^virtualenv 21\.15\.11\+vivarium\./);
    expect((await start()).exitCode).toBe(2);
  },
);
