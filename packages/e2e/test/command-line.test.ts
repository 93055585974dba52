import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newSandbox } from './vivarium.ts';

test.each([
  [['pyhtons'], 'Unknown command `pyhtons`', 'Did you mean `vivarium pythons`?'],
  [['plugin'], 'Unknown command `plugin`', 'Did you mean `vivarium plugins`?'],
  [['.venv'], 'Unknown command `.venv`', '`vivarium create .venv`'],
  [["it's"], "Unknown command `it's`", `\`vivarium create 'it'\\''s'\``],
  [['help', 'creat'], 'Unknown command `creat`', 'Did you mean `vivarium help create`?'],
  [['-p', '3.12', 'x'], "Missing command before the option '-p'", '`vivarium create -p 3.12 x`'],
  [['--all', 'pythons', '3.12'], "Missing command before the option '--all'", '`vivarium pythons --all 3.12`'],
  [['pythons', '3.12', 'x'], 'Unexpected argument `x`', undefined],
  [
    ['pythons', '--jsno'],
    "Unknown option '--jsno'",
    'Did you mean --json? `vivarium pythons --help` lists all options.',
  ],
  [['plugins', 'shells'], 'Unknown plugin kind `shells`', 'The kinds are discoverer, creator, seeder, activator.'],
  [['cache'], 'Missing subcommand', '`vivarium cache dir|info|prune|clean`'],
  [['cache', 'inof'], 'Unknown subcommand `cache inof`', 'Did you mean `vivarium cache info`?'],
  [['cache', 'prune', '--unused-for', 'x'], 'expected a number of days, got `x`', undefined],
  [['schema', 'x'], 'Unexpected argument `x`', undefined],
  [['completion'], 'Missing shell', '`vivarium completion bash|zsh|fish|powershell|nushell`'],
  [['completion', 'bsah'], 'No completion script for the shell `bsah`', 'Did you mean `vivarium completion bash`?'],
])('%j is wrong usage and says what was meant', async (args, message, hint) => {
  const { exitCode, stdout, stderr } = await newSandbox().vivarium(...args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
  if (hint !== undefined) expect(stderr).toContain(hint);
});

test('create without a destination creates .venv, and treats one that exists as any other', async () => {
  const sandbox = newSandbox();
  expect(await sandbox.vivarium('create', '--no-seed')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(existsSync(join(sandbox.directory, '.venv/pyvenv.cfg'))).toBe(true);
  expect(await sandbox.vivarium('create', '--no-seed')).toMatchObject({ exitCode: 0, stderr: '' });

  const other = newSandbox();
  mkdirSync(join(other.directory, '.venv'));
  writeFileSync(join(other.directory, '.venv/mine'), '');
  const refused = await other.vivarium('create', '--no-seed');
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not a virtual environment') });
  expect(readdirSync(join(other.directory, '.venv'))).toEqual(['mine']);
});

test('help is the same before and after the name of a command, in one style', async () => {
  const sandbox = newSandbox();
  const overview = (await sandbox.vivarium('--help')).stdout;
  expect(await sandbox.vivarium()).toMatchObject({ exitCode: 0, stdout: overview });
  const names = [...overview.matchAll(/^ {2}([a-z][a-z-]*) +\S/gm)].map(([, name = '']) => name);
  // The page is written from the same table, and says which commands there are.
  const page = readFileSync(new URL('../../../docs/reference/cli.md', import.meta.url), 'utf8');
  expect(names).toEqual([...page.matchAll(/^## ([a-z-]+)$/gm)].map(([, name]) => name));
  for (const name of names) {
    const help = (await sandbox.vivarium('help', name)).stdout;
    expect((await sandbox.vivarium(name, '--help')).stdout).toBe(help);
    expect(help).toMatch(new RegExp(`^usage: vivarium ${name}( |$)`, 'm'));
  }
});

test('-vv says when each line was written', async () => {
  const { stderr } = await newSandbox().vivarium('create', '-vv', '--no-seed', 'env');
  const times = stderr.split('\n').map((line) => Number(/^ *(\d+) ms {2}\S/.exec(line)?.[1]));
  expect(times.length).toBeGreaterThan(3);
  expect(times).toEqual([...times].sort((one, other) => one - other));
});

test('--creator takes the name of an implementation, and the creator of it that supports the interpreter', async () => {
  const sandbox = newSandbox();
  const made = await sandbox.vivarium('create', '--no-seed', '--creator', 'cpython', 'env');
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('creator CPython3Posix(') });
  const refused = await sandbox.vivarium('create', '--no-seed', '--creator', 'pypy', '-p', 'cpython3', 'other');
  expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('it is CPython and not PyPy') });
  expect(refused.stderr).not.toMatch(/npm install|vivarium-creator-/);
});
