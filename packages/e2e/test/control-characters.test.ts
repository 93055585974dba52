import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newSandbox, vivariumCommand } from './vivarium.ts';

// Two kinds of what a terminal obeys and a file system allows: C1, which begins a sequence by one character, and a
// change of direction, which shows names in another order.
const HOSTILE = 'x\u009b31m\u202ey';
const ESCAPED = 'x\\u009b31m\\u202ey';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

test('no name and no output of a program reaches the terminal as more than text', async () => {
  const sandbox = newSandbox();
  const bin = join(sandbox.directory, `bin\u001b[5m${HOSTILE}`);
  mkdirSync(bin);
  const python = join(bin, 'python3');
  writeFileSync(python, '#!/bin/sh\nprintf "\\033[31mred\\033]0;title\\007" >&2\nexit 3\n');
  chmodSync(python, 0o755);
  const path = `PATH=${bin}:${sandbox.env.PATH}`;
  const commands = [
    ['create', '-v', '--no-seed', HOSTILE],
    ['create', '--dry-run', '--no-seed', HOSTILE],
    ['pythons', '--all'],
    ['create', '-p', python, 'other'],
    ['create', '--activators', `\u001b[1m${HOSTILE}`, 'other'],
    [`\u001b[1m${HOSTILE}`],
    ['cache', 'dir', '--app-data', HOSTILE],
  ];
  for (const args of commands) {
    const { stdout, stderr } = await sandbox.run('env', path, vivariumCommand(), ...args);
    expect(`${stdout}${stderr}`).not.toMatch(RAW);
    expect(`${stdout}${stderr}`).toContain(args[0] === 'pythons' ? '\\u001b[31mred' : ESCAPED);
  }
});

test('no prompt sends a terminal more than text, whether it was asked for or is the name of the environment', async () => {
  const sandbox = newSandbox();
  const script = '. "$1/bin/activate"; printf %s "$PS1$VIRTUAL_ENV_PROMPT"';
  for (const args of [[HOSTILE], ['--prompt', `\u001b[1m${HOSTILE}`, 'plain']]) {
    expect(await sandbox.vivarium('create', '--no-seed', ...args)).toMatchObject({ exitCode: 0 });
    const { stdout } = await sandbox.run('env', 'PS1=$ ', 'sh', '-c', script, 'sh', args.at(-1) ?? '');
    expect(stdout).toContain(ESCAPED);
    expect(stdout).not.toMatch(RAW);
  }
});

test('a JSON document has the names as they are', async () => {
  const sandbox = newSandbox();
  const { stdout } = await sandbox.vivarium('create', '--json', '--no-seed', HOSTILE);
  expect(stdout).not.toMatch(RAW);
  expect(JSON.parse(stdout)).toMatchObject({ environments: [{ destination: join(sandbox.directory, HOSTILE) }] });
});

test('a cwd with an escape in its name is refused as a destination with it is', async () => {
  const sandbox = newSandbox();
  const cwd = join(sandbox.directory, 'e\u001b[31mz');
  mkdirSync(cwd);
  const { exitCode, stderr } = await sandbox.runIn(cwd, vivariumCommand(), 'create', 'env');
  expect(stderr).toMatch(/^error: The destination `.*e\\u001b\[31mz\/env` holds a control character/);
  expect(exitCode).toBe(2);
});
