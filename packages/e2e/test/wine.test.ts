import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { localPackage } from './local-package.ts';
import { hasSeedWheels } from './seed-wheels.ts';

/** The directory of a CPython for Windows and a `node.exe`, as paths of this system. */
const windowsPython = process.env.VIVARIUM_WINDOWS_PYTHON ?? '';
const windowsNode = process.env.VIVARIUM_WINDOWS_NODE ?? '';

describe.skipIf(windowsNode === '')('the packed command on Windows, under wine (npm run test:windows)', () => {
  let directory: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium wine ')));
    const WINEPREFIX = join(directory, 'prefix');
    env = { ...process.env, WINEPREFIX, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree=;mshtml=' };
    env.VIVARIUM_DISCOVERY_TIMEOUT = '120';
    env.VIVARIUM_COMPILE_SEEDS = 'never';
    execFileSync('wine', ['wineboot', '-i'], { env, stdio: 'ignore' });
    execFileSync('wine', ['winecfg', '-v', 'win10'], { env, stdio: 'ignore' });
  });

  afterAll(() => {
    // It may have ended by itself, which it calls a failure.
    spawnSync('wineserver', ['-k'], { env });
    rmSync(directory, { recursive: true, force: true });
  });

  /** Runs a Windows program. */
  function run(executable: string, ...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync('wine', [executable, ...args], {
      env,
      cwd: directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { status, output: `${stdout}${stderr}`.replaceAll('\r\n', '\n').trim() };
  }

  /** Runs the packed command. Node for Windows can write to a file of this system, but not to a pipe. */
  function vivarium(...args: readonly string[]) {
    const package_ = join(inject('installation'), 'node_modules', 'vivarium');
    const { bin } = JSON.parse(readFileSync(join(package_, 'package.json'), 'utf8'));
    const output = join(directory, 'output');
    const file = openSync(output, 'w');
    try {
      const words = [windowsNode, windowsPath(join(package_, bin.vivarium)), ...args];
      const { status } = spawnSync('wine', words, { env, cwd: directory, stdio: ['ignore', file, file] });
      return { status, output: readFileSync(output, 'utf8') };
    } finally {
      closeSync(file);
    }
  }

  const ask = 'import json, ssl, sqlite3, sys; print(json.dumps([sys.prefix, sys.base_prefix]))';

  test.each([
    ['by launchers', (base: string) => base],
    ['by copies of the whole interpreter', withoutLaunchers],
  ])('creates an environment %s, whose Python, pip and scripts work', async (_, prepared) => {
    const base = prepared(windowsPython);
    const destination = mkdtempSync(join(directory, 'env '));
    const made = vivarium('create', '-p', windowsPath(join(base, 'python.exe')), windowsPath(destination));
    expect(made).toMatchObject({ status: 0, output: expect.stringContaining('creator CPython3Windows') });

    const scripts = join(destination, 'Scripts');
    expect(readdirSync(scripts).some((name) => name.endsWith('.dll'))).toBe(base !== windowsPython);
    for (const name of ['python.exe', 'python3.exe', 'python3.11.exe']) {
      const { output } = run(join(scripts, name), '-c', ask);
      expect(JSON.parse(output)).toEqual([destination, base].map(windowsPath));
    }

    const batch = join(directory, 'activates.bat');
    writeFileSync(batch, batchFile(windowsPath(destination)));
    expect(
      run('cmd', '/c', windowsPath(batch))
        .output.split('\n')
        .map((line) => line.trim()),
    ).toEqual([`active ${windowsPath(destination)}`, windowsPath(destination), 'inactive []']);

    if (!hasSeedWheels()) return;
    expect(run(join(scripts, 'pip.exe'), '--version').output).toContain(`from ${windowsPath(destination)}\\Lib`);
    const wheel = await localPackage(directory);
    const installed = run(join(scripts, 'pip.exe'), 'install', '--no-index', windowsPath(wheel));
    expect(installed).toMatchObject({ status: 0 });
    expect(run(join(scripts, 'greet.exe')).output).toBe(`hello from ${windowsPath(destination)}`);
  });

  /** A base of the same files but for the launchers of its `venv`. */
  function withoutLaunchers(base: string): string {
    const copy = join(directory, 'base');
    mkdirSync(copy);
    execFileSync('cp', ['-r', `${base}/.`, copy]);
    const launchers = join(copy, 'lib', 'venv', 'scripts', 'nt');
    for (const name of readdirSync(launchers).filter((it) => it.endsWith('.exe'))) rmSync(join(launchers, name));
    return copy;
  }
});

/** Wine shows the root of this system as drive Z. */
function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

function batchFile(destination: string): string {
  const lines = [
    '@echo off',
    `call "${destination}\\Scripts\\activate.bat"`,
    'echo active %VIRTUAL_ENV%',
    'python -c "import sys; print(sys.prefix)"',
    'call deactivate.bat',
    'echo inactive [%VIRTUAL_ENV%]',
  ];
  return lines.map((line) => `${line}\r\n`).join('');
}
