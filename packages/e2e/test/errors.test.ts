import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Finished, newSandbox, type Sandbox } from './vivarium.ts';

/** What a person sees on standard error, without the directories of this run. */
function told(sandbox: Sandbox, { stderr }: Finished): string {
  return stderr.replaceAll(sandbox.directory, '~');
}

test.each([
  [['--no-such', 'env'], "Unknown option '--no-such'"],
  [['--syst', '--activator', 'x', 'env'], 'There is no activator named `x` (asked for by --activators)'],
  [['--creator', 'cpython-posx', 'env'], 'Did you mean `cpython-posix`?'],
  [['--seeder', 'npm', 'env'], 'There is no seeder named `npm` (asked for by --seeder)'],
  [['--discovery', '../x', 'env'], 'There is no discoverer named `../x` (asked for by --discovery)'],
  [['--symlinks', '--copies', 'env'], '--symlinks and --copies exclude each other'],
  [
    ['--link-mode', 'teleport', 'env'],
    "--link-mode can't be used: expected one of auto, reflink, hardlink, copy, symlink, got `teleport`",
  ],
  [['-p', '>=foo', 'env'], '>=foo'],
  [['file'], 'The destination ~/file exists and is a file'],
  [['file/env'], 'is a file'],
  [['a:b'], 'The destination `a:b` contains the path separator (:)'],
  [['a\nb'], 'control character'],
  [[''], 'The destination is empty'],
  [['.'], 'The destination ~ is not empty and is not a virtual environment'],
  [['--clear', '.'], '~ is not cleared, because it is a home directory'],
  [['--clear', '--force', '/'], '/ is not cleared, because it is the root of a file system'],
  [['--clear', 'directory'], '~/directory is not cleared, because it is not a virtual environment'],
  [['--clear', '--force', 'repository'], 'it is the root of a repository'],
  [['--prompt', 'a\nb', 'env'], "pyvenv.cfg can't express the line break in `prompt`"],
])('create %j is wrong usage and says so', async (args, sentence) => {
  const sandbox = newSandbox();
  writeFileSync(join(sandbox.directory, 'file'), '');
  mkdirSync(join(sandbox.directory, 'repository/.git'), { recursive: true });
  mkdirSync(join(sandbox.directory, 'directory/inner'), { recursive: true });
  const before = readdirSync(sandbox.directory, { recursive: true });
  const finished = await sandbox.vivarium('create', ...args);
  expect(told(sandbox, finished)).toContain(sentence);
  expect(told(sandbox, finished)).toMatch(/^error: .*\n((error:| ) .*\n)*(\n(hint: .*\n?)+)?$/);
  expect(finished).toMatchObject({ exitCode: 2, stdout: '' });
  expect(
    readdirSync(sandbox.directory, { recursive: true }).filter((name) => !String(name).startsWith('data')),
  ).toEqual(before);
});

test('everything that is wrong with settings is said at once, with where it came from', async () => {
  const sandbox = newSandbox({ VIVARIUM_CLEAR: 'perhaps' });
  writeFileSync(join(sandbox.directory, 'pyproject.toml'), '[tool.vivarium]\nlink-mode = 7\nclaer = true\n');
  const finished = await sandbox.vivarium('create', 'env');
  expect(told(sandbox, finished)).toMatchInlineSnapshot(`
    "error: VIVARIUM_CLEAR can't be used: expected true or false, got \`perhaps\`
    error: pyproject.toml (tool.vivarium.link-mode) can't be used: expected one of auto, reflink, hardlink, copy, symlink, got \`7\`
    error: ~/pyproject.toml (tool.vivarium.claer) is not a setting; did you mean \`clear\`?

    hint: \`vivarium create --help\` lists all settings and their values."
  `);
  expect(finished.exitCode).toBe(2);
});

test('a destination that can not be written is named', async () => {
  const sandbox = newSandbox();
  mkdirSync(join(sandbox.directory, 'locked'));
  chmodSync(join(sandbox.directory, 'locked'), 0o555);
  // Root may write everywhere; without its capabilities the permission bits count.
  const prefix =
    process.getuid?.() === 0
      ? ['setpriv', '--inh-caps=-all', '--bounding-set=-dac_override,-dac_read_search,-fowner']
      : [];
  const { vivariumCommand } = await import('./vivarium.ts');
  const [command = '', ...args] = [...prefix, vivariumCommand(), 'create', 'locked/env'];
  const finished = await sandbox.run(command, ...args);
  expect(told(sandbox, finished)).toContain(
    "The destination ~/locked/env can't be created, because ~/locked is not writable",
  );
  expect(finished.exitCode).toBe(2);
});

test('no interpreter fits: what was found instead, and what to do', async () => {
  const sandbox = newSandbox();
  const finished = await sandbox.vivarium('create', '-p', '3.99', 'env');
  expect(told(sandbox, finished)).toMatch(/^error: .*3\.99/);
  expect(told(sandbox, finished)).toContain('hint:');
  expect(finished.exitCode).toBe(1);
  expect(existsSync(join(sandbox.directory, 'env'))).toBe(false);
});

test.each([
  ['crashes', '#!/bin/sh\nexit 3\n'],
  ['prints garbage', '#!/bin/sh\necho garbage\n'],
  ['is killed', '#!/bin/sh\nkill -9 $$\n'],
  ['can not be started', 'not a program'],
  ['never answers', '#!/bin/sh\nsleep 600 & wait\n'],
])('an interpreter that %s is told apart', async (_, script) => {
  const sandbox = newSandbox({ VIVARIUM_DISCOVERY_TIMEOUT: '1' });
  const python = join(sandbox.directory, 'python3');
  writeFileSync(python, script, { mode: 0o755 });
  const finished = await sandbox.vivarium('create', '-p', './python3', 'env');
  expect(told(sandbox, finished)).toContain('~/python3');
  expect(told(sandbox, finished)).toMatch(/^error: /);
  expect(told(sandbox, finished)).not.toContain('    at ');
  expect(finished.exitCode).toBe(1);
  expect(existsSync(join(sandbox.directory, 'env'))).toBe(false);
});

test('--with-traceback shows where an error came from', async () => {
  const sandbox = newSandbox();
  const finished = await sandbox.vivarium('create', '--with-traceback', '');
  expect(finished.stderr).toMatch(/VivariumError \[DESTINATION_EMPTY\]: The destination is empty\n {4}at /);
  expect(finished.exitCode).toBe(2);
});

test('--help all lists the options of core and of the selected plugins; --version says where it is installed', async () => {
  const sandbox = newSandbox();
  const help = await sandbox.vivarium('create', '--help', 'all');
  expect(help.stdout).toMatch(/--system-site-packages[\s\S]*--extra-search-dir/);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect((await sandbox.vivarium('--version')).stdout).toMatch(
    /^vivarium \d+\.\d+\.\d+ from \/.*\/node_modules\/vivarium\//,
  );
  expect(await sandbox.vivarium('frobnicate')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('Unknown command `frobnicate`'),
  });
});
