import { chmodSync, cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { type Finished, newSandbox, type Sandbox, vivariumCommand } from '../vivarium.ts';

const isRoot = process.getuid?.() === 0;
/** A user without an entry in the user database. */
const NO_ONE = ['setpriv', '--reuid', '12345', '--regid', '12345', '--clear-groups'];

/** No run may end with what is a mistake of ours, or wait for what never comes. */
function expectSentences({ stderr }: Finished): void {
  expect(stderr).not.toMatch(/\n {4}at |mistake in vivarium|uv_/);
}

/** Runs a command line of the shell, with the command as `$V`, for ten seconds at most. */
function shell(sandbox: Sandbox, script: string, ...env: readonly string[]): Promise<Finished> {
  return sandbox.run('env', ...env, `V=${vivariumCommand()}`, 'timeout', '-k', '1', '10', 'bash', '-c', script);
}

describe('a home', () => {
  test.each([
    ['that is not a directory', 'HOME=/dev/null'],
    ['that is relative', 'HOME=relative'],
    ['that is empty', 'HOME='],
    ['that is a loop of links', 'HOME=loop'],
    ['that is a FIFO', 'HOME=fifo'],
    ['in /proc', 'HOME=/proc/1/fd'],
    ['whose data is below a device', 'XDG_DATA_HOME=/dev/null/x'],
    ['whose configuration is a loop of links', 'XDG_CONFIG_HOME=loop'],
  ])('%s: everything works, and nothing is created in the cwd', async (_, variable) => {
    const sandbox = newSandbox();
    symlinkSync('loop', join(sandbox.directory, 'loop'));
    mkdirSync(join(sandbox.directory, 'work'));
    await sandbox.run('mkfifo', 'fifo');
    const value = variable.replace(/=(loop|fifo)$/, `=${sandbox.directory}/$1`);
    const unset = variable.startsWith('HOME') ? ['-u', 'XDG_DATA_HOME'] : [];
    const script = 'cd work && $V --version && $V create --help >/dev/null && $V create --no-seed ../env && ls -A';
    const finished = await shell(sandbox, script, ...unset, value);
    expectSentences(finished);
    expect(finished).toMatchObject({ exitCode: 0, stdout: expect.not.stringMatching(/\.local|relative/) });
    expect(existsSync(join(sandbox.directory, 'env/bin/python'))).toBe(true);
  });

  test.skipIf(!isRoot)("that another user's is closed, or none and no entry in the user database", async () => {
    const sandbox = newSandbox();
    // This user sees neither the installation nor the sandbox of another.
    cpSync(inject('installation'), join(sandbox.directory, 'installation'), {
      recursive: true,
      verbatimSymlinks: true,
    });
    for (const directory of ['', 'installation']) chmodSync(join(sandbox.directory, directory), 0o755);
    mkdirSync(join(sandbox.directory, 'closed'), { mode: 0o700 });
    mkdirSync(join(sandbox.directory, 'work'));
    chmodSync(join(sandbox.directory, 'work'), 0o777);
    const command = join(sandbox.directory, 'installation/node_modules/.bin/vivarium');
    for (const [name, ...home] of [['none'], ['closed', `HOME=${sandbox.directory}/closed`]] as const) {
      const env = ['env', '-i', 'PATH=/usr/bin:/bin', ...home, ...NO_ONE, process.execPath, command];
      for (const args of [
        ['--version'],
        ['create', '--help'],
        ['create', '--no-seed', join(sandbox.directory, 'work', name)],
      ]) {
        const [program = '', ...words] = [...env, ...args];
        const finished = await sandbox.run(program, ...words);
        expectSentences(finished);
        expect(finished).toMatchObject({ exitCode: 0 });
      }
    }
  });
});

test('a cwd that was deleted: absolute paths work, relative ones are refused in one sentence', async () => {
  const sandbox = newSandbox();
  const inDeleted = (words: string) => shell(sandbox, `mkdir gone && cd gone && rmdir ../gone && $V ${words}`);
  expect(await inDeleted(`create --no-seed ${sandbox.directory}/env`)).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await inDeleted('--version')).toMatchObject({ exitCode: 0 });
  expect(await inDeleted('plugins')).toMatchObject({ exitCode: 0 });
  const refused = await inDeleted('create --no-seed env');
  expect(refused.stderr).toMatch(/^error: The cwd was deleted, so that `env` can't be reached\n/);
  expect(refused.exitCode).toBe(2);
  expect(existsSync(join(sandbox.directory, 'gone'))).toBe(false);
});

describe('what is not a file', () => {
  test.each(['fifo', 'zero', 'socket'])('%s in the place of a configuration is not read', async (kind) => {
    const sandbox = newSandbox();
    const make = {
      fifo: (path: string) => `mkfifo ${path}`,
      zero: (path: string) => `ln -s /dev/zero ${path}`,
      socket: (path: string) =>
        `${process.execPath} -e 'require("net").createServer().listen("${path}", () => process.kill(process.pid, 9))'`,
    }[kind as 'fifo' | 'zero' | 'socket'];
    const paths = ['.python-version', 'pyproject.toml', '.config/vivarium/vivarium.toml', 'env/pyvenv.cfg'];
    const made = paths
      .map((path) => `mkdir -p $(dirname ${path}) && { ${make(path)} || :; } && ls -d ${path}`)
      .join(' && ');
    expect(await shell(sandbox, `unset XDG_CONFIG_HOME; { ${made}; } 2>/dev/null`)).toMatchObject({ exitCode: 0 });
    const finished = await shell(sandbox, '$V create --no-seed other && $V create --allow-existing --no-seed env');
    expectSentences(finished);
    expect([0, 2]).toContain(finished.exitCode);
    expect(existsSync(join(sandbox.directory, 'other/bin/python'))).toBe(true);
  });

  test('no directory can be created in /proc: it says so, as the destination and as the cache', async () => {
    const sandbox = newSandbox();
    const destination = await shell(sandbox, '$V create --no-seed /proc/vivarium/env');
    expect(destination.stderr).toMatch(/^error: .*\/proc\/vivarium/m);
    expectSentences(destination);
    expect(destination.exitCode).toBe(1);
    const cache = await shell(sandbox, '$V create --no-seed --app-data /proc/vivarium/cache env');
    expect(cache).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('warning: the cache /proc/vivarium/cache'),
    });
  });
});

describe('a reader that has gone away', () => {
  test.each([
    ['of standard error', '$V create -v --no-seed env 2>&1 >/dev/null | head -1'],
    ['of standard output', '$V create -v --no-seed env 2>/dev/null | true'],
    ['of both', '$V create -v --no-seed env 2>&1 | true'],
    ['of both from the start', '$V create -v --no-seed env >&- 2>&-'],
  ])('%s: the environment is created', async (_, script) => {
    const sandbox = newSandbox();
    expect(await shell(sandbox, `set -o pipefail; ${script}`)).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(sandbox.directory, 'env/bin/python'))).toBe(true);
  });

  test.each([[''], ['--json ']])('a full disk behind standard output is one sentence (%s)', async (option) => {
    const sandbox = newSandbox();
    const finished = await shell(sandbox, `$V create ${option}--no-seed env > /dev/full`);
    expect(finished.stderr).toMatch(/^error: Standard output can't be written \(ENOSPC\)\n\nhint: .*\n?$/);
    expect(finished.exitCode).toBe(1);
    expect(existsSync(join(sandbox.directory, 'env/bin/python'))).toBe(true);
  });
});

test('--preserve-symlinks-main makes no difference', async () => {
  const sandbox = newSandbox();
  const finished = await sandbox.run(process.execPath, '--preserve-symlinks-main', vivariumCommand(), '--version');
  expect(finished).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^vivarium \d/), stderr: '' });
});

// The file that Node starts has to be readable for any Node; which version runs it is told by `process.versions`.
test.each(['18.20.8', '16.20.2', '20.18.3'])('Node.js %s is told which version is needed', async (version) => {
  const sandbox = newSandbox();
  const pretend = join(sandbox.directory, 'pretend.cjs');
  writeFileSync(pretend, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
  const finished = await sandbox.run(process.execPath, '--require', pretend, vivariumCommand(), 'create', 'env');
  expect(finished).toMatchObject({
    exitCode: 1,
    stderr: `error: vivarium needs Node.js 20.19 or later, and this is Node.js ${version}`,
  });
});
