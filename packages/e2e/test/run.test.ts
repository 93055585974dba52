import { chmodSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { INSTALLED_PYTHONS_3 } from '@vivarium/test-utils/pythons';
import { openTerminal, type Terminal } from '@vivarium/testkit';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { findProgram } from './program.ts';
import { newSandbox, type Sandbox, vivariumCommand, vivariumProgram } from './vivarium.ts';

const python = INSTALLED_PYTHONS_3[0]?.executable ?? '/usr/bin/python3';

/** A sandbox with an environment `env`, which has a command. */
async function sandboxWithEnvironment(name = 'env'): Promise<Sandbox> {
  const sandbox = newSandbox();
  await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', name);
  return sandbox;
}

function script(sandbox: Sandbox, name: string, text: string): void {
  const path = join(sandbox.directory, 'env/bin', name);
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

test('run starts a command with what activation would set, in the cwd, with its arguments to the letter', async () => {
  const sandbox = await sandboxWithEnvironment("it's $(x)");
  const code = 'import os, sys; print(sys.prefix, os.getcwd(), os.environ["VIRTUAL_ENV"], sys.argv[1:])';
  const words = ['', 'a b', '--', '--help', '$HOME', '\n'];
  const { stdout } = await sandbox.vivarium('run', "it's $(x)", '--', 'python', '-c', code, ...words);
  const place = `${sandbox.directory}/it's $(x)`;
  const shown = words.map((word) => (word === '\n' ? "'\\n'" : `'${word}'`)).join(', ');
  expect(stdout).toBe(`${place} ${sandbox.directory} ${place} [${shown}]`);
});

test('run finds the commands of the environment first, leaves the one that was active, and unsets PYTHONHOME', async () => {
  const sandbox = await sandboxWithEnvironment();
  await sandbox.vivarium('create', '-q', '-p', python, '--no-seed', 'other');
  script(sandbox, 'ls', '#!/bin/sh\necho of the environment\n');
  expect((await sandbox.vivarium('run', 'env', '--', 'ls')).stdout).toBe('of the environment');
  const { stdout } = await execa(
    vivariumCommand(),
    ['run', 'other', '--', 'sh', '-c', 'echo "$PATH"; echo "<$PYTHONHOME>"'],
    {
      cwd: sandbox.directory,
      env: {
        ...sandbox.env,
        VIRTUAL_ENV: `${sandbox.directory}/env`,
        PATH: `${sandbox.directory}/env/bin:${sandbox.env.PATH}`,
        PYTHONHOME: '/x',
      },
      extendEnv: false,
    },
  );
  expect(stdout).toBe(`${sandbox.directory}/other/bin:${sandbox.env.PATH}\n<>`);
});

test('run ends as the command does: its exit code, its signal', async () => {
  const sandbox = await sandboxWithEnvironment();
  for (const code of [0, 1, 7, 255]) {
    expect((await sandbox.vivarium('run', 'env', '--', 'sh', '-c', `exit ${code}`)).exitCode).toBe(code);
  }
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
    const child = execa(
      vivariumProgram()[0],
      [...vivariumProgram().slice(1), 'run', 'env', '--', 'sh', '-c', `kill -${constants.signals[signal]} $$`],
      {
        cwd: sandbox.directory,
        env: sandbox.env,
        reject: false,
      },
    );
    expect([signal, (await child).signal]).toEqual([signal, signal]);
  }
});

test('run passes signals on, and standard input and output through', async () => {
  const sandbox = await sandboxWithEnvironment();
  const [program, ...words] = vivariumProgram();
  const waiting = 'trap "echo got it; exit 5" TERM; echo ready; while :; do sleep 0.05; done';
  const child = execa(program, [...words, 'run', 'env', '--', 'sh', '-c', waiting], {
    cwd: sandbox.directory,
    env: sandbox.env,
    reject: false,
  });
  child.stdout.once('data', () => child.kill('SIGTERM'));
  expect(await child).toMatchObject({ exitCode: 5, stdout: 'ready\ngot it' });
  const echo = execa(program, [...words, 'run', 'env', '--', 'cat'], {
    cwd: sandbox.directory,
    env: sandbox.env,
    input: 'a\0b\n',
  });
  expect((await echo).stdout).toBe('a\0b');
});

test.each([
  [['env'], 2, 'Missing the command'],
  [['env', '--'], 2, 'Missing the command'],
  [[], 2, 'Missing required argument ENV'],
  [['env', 'more', '--', 'true'], 2, 'Unexpected argument `more`'],
  [['gone', '--', 'true'], 2, 'gone does not exist'],
  [['env', '--', 'no-such-command'], 127, 'There is no command `no-such-command`'],
  [['env', '--', './env'], 127, 'There is no command `./env`'],
  [['env', '--', 'env/pyvenv.cfg'], 126, 'may not be executed'],
  [['env', '--', 'dead'], 126, '`dead` could not be started'],
])('run %j fails with a code of its own', async (words, exitCode, message) => {
  const sandbox = await sandboxWithEnvironment();
  script(sandbox, 'dead', '#!/no/such/python\n');
  const run = await sandbox.vivarium('run', ...words);
  expect(run).toMatchObject({ exitCode, stdout: '' });
  if (process.getuid?.() !== 0 || exitCode !== 126) expect(run.stderr).toContain(message);
});

test('run starts scripts of the shell without a first line, and nothing where the Python of the environment is gone', async () => {
  const sandbox = await sandboxWithEnvironment();
  script(sandbox, 'plain', 'echo "plain $1"\n');
  expect((await sandbox.vivarium('run', 'env', '--', 'plain', 'x')).stdout).toBe('plain x');
  unlinkSync(join(sandbox.directory, 'env/bin/python'));
  symlinkSync('/nowhere/python', join(sandbox.directory, 'env/bin/python'));
  expect(await sandbox.vivarium('run', 'env', '--', 'python', '--version')).toMatchObject({ exitCode: 1, stdout: '' });
});

test('run follows a redirect', async () => {
  const sandbox = await sandboxWithEnvironment();
  writeFileSync(join(sandbox.directory, '.venv'), 'env\n');
  const { stdout } = await sandbox.vivarium('run', '.venv', '--', 'python', '-c', 'import sys; print(sys.prefix)');
  expect(stdout).toBe(`${sandbox.directory}/env`);
});

const bash = findProgram('bash');
test.skipIf(bash === undefined)('run leaves the terminal, Ctrl-C and Ctrl-Z to the command', async () => {
  const sandbox = await sandboxWithEnvironment();
  const PATH = [dirname(vivariumCommand()), sandbox.env.PATH].join(delimiter);
  const env = { ...sandbox.env, PATH, PS1: '$ ', HISTFILE: '', VIRTUAL_ENV_DISABLE_PROMPT: '1' };
  const terminal = openTerminal({
    program: bash ?? 'bash',
    arguments: ['--norc', '--noprofile', '-i'],
    env,
    cwd: sandbox.directory,
  });
  onTestFinished(() => terminal.close());
  await enter(terminal, 'vivarium run env -- python -c \'import sys; print("tty", sys.stdin.isatty())\'', /^tty True/m);
  await enter(terminal, "vivarium run env -- sh -c 'echo wait''ing; exec sleep 60'", /^waiting/m);
  terminal.press('\u0003');
  await enter(terminal, "echo code'' $?", /^code 130/m);
  await enter(terminal, "vivarium run env -- sh -c 'echo a''sleep; exec sleep 60'", /^asleep/m);
  terminal.press('\u001a');
  await terminal.wait((drawn) => /Stopped/.test(drawn), 20_000);
  await enter(terminal, "kill %1; wait %1; echo en''ded $?", /^ended/m);
  await enter(terminal, 'vivarium run env -- bash --norc --noprofile -i', /\$ /);
  await enter(terminal, "echo in''side $VIRTUAL_ENV", /^inside .*env/m);
  await enter(terminal, 'exit 3', /exit/);
  await enter(terminal, "echo af''ter $?", /^after 3/m);
});

async function enter(terminal: Terminal, line: string, wanted: RegExp): Promise<string> {
  terminal.enter(line);
  return terminal.wait((drawn) => wanted.test(drawn), 20_000);
}
