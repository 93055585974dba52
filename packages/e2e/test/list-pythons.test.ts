import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { INSTALLED_PYTHONS_3, SYSTEM_PYTHON } from '@vivarium/test-utils/pythons';
import { pythonOrStandIn } from '@vivarium/test-utils/stand-in-python';
import { openTerminal } from '@vivarium/testkit';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import schema from 'vivarium/output.schema.json' with { type: 'json' };
import { newSandbox, type Sandbox, vivariumCommand, vivariumProgram } from './vivarium.ts';

interface Row {
  readonly executable: string;
  readonly version: string;
  readonly versionParts: { readonly major: number; readonly minor: number; readonly micro: number };
}

const isDescribed = new Ajv2020({ allowUnionTypes: true }).compile(schema);

async function rowsOf(sandbox: Sandbox, ...args: string[]): Promise<readonly Row[]> {
  const { stdout, stderr, exitCode } = await sandbox.vivarium('pythons', '--json', ...args);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  const document = JSON.parse(stdout);
  isDescribed(document);
  expect(isDescribed.errors).toBeNull();
  return [...document.pythons, ...document.unusable];
}

test('vivarium pythons lists what is on this machine, newest first, by the published schema', async () => {
  const sandbox = newSandbox();
  const rows = await rowsOf(sandbox);
  const numbers = rows.map(({ versionParts: { major, minor, micro } }) => major * 1e6 + minor * 1e3 + micro);
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  const versions = rows.map(({ version }) => version);
  for (const { version } of INSTALLED_PYTHONS_3) expect(versions).toContain(version.join('.'));
  expect(await rowsOf(sandbox)).toEqual(rows);
  const [newest] = rows;
  expect((await sandbox.vivarium('pythons', newest?.version ?? '')).stdout).toContain(newest?.executable);
});

/** A sandbox whose `PATH` has one directory, and in it what the test puts there. */
function smallSandbox(): Sandbox & { readonly bin: string } {
  const sandbox = newSandbox();
  const bin = join(sandbox.directory, 'bin');
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, 'node'));
  const small = newSandbox({ HOME: sandbox.directory, PATH: bin, PYENV_ROOT: join(sandbox.directory, 'none') });
  return { ...small, bin };
}

function script(path: string, text: string): string {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  return path;
}

const python = pythonOrStandIn('3.12');
const pythonVersion =
  INSTALLED_PYTHONS_3.findLast(({ version: [, minor] }) => minor === 12)?.version.join('.') ?? '3.12.0';
const debian = SYSTEM_PYTHON;

// What is Debian's is marked as managed by it.
const isDebian = existsSync('/etc/debian_version') && !debian.isMissing;

test.skipIf(!isDebian)(
  'a line says what a Python is, what it links to, where it was found and what is special about it',
  async () => {
    const sandbox = smallSandbox();
    const { stdout: version } = await sandbox.run(
      debian.executable,
      '-c',
      'import platform; print(platform.python_version())',
    );
    const minor = version.split('.').slice(0, 2).join('.');
    symlinkSync(debian.executable, join(sandbox.bin, 'python3'));
    symlinkSync(python, join(sandbox.bin, 'python3.12'));
    script(join(sandbox.bin, 'python3.5'), '#!/bin/sh\necho "no such library" >&2\nexit 127\n');
    await sandbox.vivarium('create', '--no-seed', '-p', join(sandbox.bin, 'python3'), 'env');
    const real = `${dirname(python)}/python3.12`;
    const lines = [
      `CPython ${pythonVersion}  x86_64 glibc  ${sandbox.bin}/python3.12 -> ${real}  (PATH)`,
      `CPython ${version}  x86_64 glibc  ${sandbox.bin}/python3 -> /usr/bin/python${minor}  (PATH, externally managed)`,
    ];
    expect((await sandbox.vivarium('pythons')).stdout.split('\n')).toEqual(lines);
    expect((await sandbox.vivarium('pythons', '--all')).stdout.split('\n')).toEqual([
      ...lines,
      `not usable: ${sandbox.bin}/python3.5 (PATH) exited with code 127 while being probed: no such library`,
    ]);
    const all = await rowsOf(sandbox, '--all');
    expect(all.at(-1)).toMatchObject({ executable: join(sandbox.bin, 'python3.5'), failure: { code: 'PROBE_FAILED' } });
    expect((await sandbox.vivarium('pythons', './env')).stdout).toBe(
      `CPython ${version}  x86_64 glibc  ${sandbox.directory}/env/bin/python3 -> /usr/bin/python${minor}  (given by path, an environment of /usr/bin/python${minor})`,
    );
    expect(await rowsOf(sandbox, './env')).toMatchObject([{ isEnvironment: true, isExternallyManaged: false }]);
    expect((await sandbox.vivarium('pythons', '2.7')).stderr).toContain('No Python on this machine is 2.7');
  },
);

test('a version past its end of life is marked, and what a path leads to that is not a Python says why', async () => {
  const sandbox = newSandbox();
  const old = pythonOrStandIn('3.8');
  expect((await sandbox.vivarium('pythons', old)).stdout).toMatch(/ \(given by path, past end of life\)$/);
  const broken = script(join(sandbox.directory, 'broken'), '#!/bin/sh\nexit 5\n');
  const finished = await sandbox.vivarium('pythons', broken);
  expect(finished).toMatchObject({ exitCode: 1, stdout: '' });
  expect(finished.stderr).toContain(`${broken} (given by path) exited with code 5`);
});

test('when nothing fits it says so, with what could not be used', async () => {
  expect(await newSandbox().vivarium('pythons', '3.99')).toMatchObject({
    exitCode: 1,
    stdout: '',
    stderr: expect.stringContaining('No Python on this machine is 3.99'),
  });
  const sandbox = smallSandbox();
  script(join(sandbox.bin, 'python3'), '#!/bin/sh\nexit 5\n');
  const { stderr } = await sandbox.vivarium('pythons');
  expect(stderr).toContain(`There is no Python on this machine\n  can't be used:\n    ${sandbox.bin}/python3 (PATH)`);
  expect(JSON.parse((await sandbox.vivarium('pythons', '--json')).stdout)).toMatchObject({ pythons: [], errors: [] });
});

test('at a terminal a line tells how far it is, and goes when it is done; elsewhere there is none', async () => {
  const sandbox = smallSandbox();
  symlinkSync(python, join(sandbox.bin, 'python3.12'));
  script(join(sandbox.bin, 'python2'), '#!/bin/sh\n/bin/sleep 3\nexit 5\n');
  // Where a machine does the looking on, no line is drawn either.
  const { CI: _, ...env } = sandbox.env;
  const [program, ...words] = vivariumProgram();
  const terminal = openTerminal({
    program,
    arguments: [...words, 'pythons'],
    env,
    cwd: sandbox.directory,
  });
  try {
    await terminal.wait((drawn) => drawn.includes(`1 found, ${sandbox.bin}/python3.12`), 30_000);
    // The line is taken away before the answer is drawn; a screen in between shows neither whole.
    await terminal.wait((drawn) => /^CPython 3\.12\.\d+ .*\(PATH\)$/.test(drawn), 30_000);
  } finally {
    terminal.close();
  }
  expect(await sandbox.vivarium('pythons')).toMatchObject({ stderr: '' });
});

test('interrupted while a Python hangs, it says so and leaves no process behind', async () => {
  const sandbox = smallSandbox();
  script(join(sandbox.bin, 'python3'), '#!/bin/sh\nexec /bin/sleep 81.5\n');
  for (const args of [['pythons'], ['create', '--creator', 'help']]) {
    const started = execa(vivariumCommand(), args, {
      cwd: sandbox.directory,
      env: sandbox.env,
      extendEnv: false,
      reject: false,
    });
    for (let tries = 0; tries < 200 && !isRunning('81.5'); tries += 1) await setTimeout(50);
    started.kill('SIGINT');
    const { exitCode, stderr } = await started;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: expect.stringContaining('interrupted') });
    expect(isRunning('81.5')).toBe(false);
  }
});

function isRunning(argument: string): boolean {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.some((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0').includes(argument);
    } catch {
      return false;
    }
  });
}
