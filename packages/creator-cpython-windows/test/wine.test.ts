import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '@vivarium/core/host';
import creator from '@vivarium/creator-cpython-windows';
import { planFor } from '@vivarium/test-utils/create-environment';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Listed, windowsPython } from './interpreters.ts';

/** The directory of a CPython for Windows, as a path of this system. */
const base = process.env.VIVARIUM_WINDOWS_PYTHON ?? '';

const wine = process.env.WINE ?? 'wine';

/** Wine shows the root of this system as drive Z. */
function windowsPath(path: string): string {
  return `Z:${path.replaceAll('/', '\\')}`;
}

function hostPath(path: string): string {
  return path.replace(/^Z:/i, '').replaceAll('\\', '/');
}

function names(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

describe.skipIf(base === '')('under wine (needs wine, and VIVARIUM_WINDOWS_PYTHON naming a Windows Python)', () => {
  let directory: string;

  beforeAll(() => {
    directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-wine-')));
    execFileSync(wine, ['wineboot', '-i'], { env: wineEnvironment(), stdio: 'ignore' });
    execFileSync(wine, ['winecfg', '-v', 'win10'], { env: wineEnvironment(), stdio: 'ignore' });
  });

  afterAll(() => {
    // It may have ended by itself, which it calls a failure.
    spawnSync(`${wine}server`, ['-k'], { env: wineEnvironment() });
    rmSync(directory, { recursive: true, force: true });
  });

  function wineEnvironment(): NodeJS.ProcessEnv {
    const WINEPREFIX = join(directory, 'wine');
    return { ...process.env, WINEPREFIX, WINEDEBUG: '-all', WINEDLLOVERRIDES: 'mscoree=;mshtml=' };
  }

  function runWindows(executable: string, code: string): string {
    return execFileSync(wine, [executable, '-c', code], {
      env: wineEnvironment(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  }

  /** The interpreter, with what is in its directories; `launchers` says whether those of its `venv` are listed. */
  function describeBase(launchers: boolean): Listed {
    const version = runWindows(join(base, 'python.exe'), 'import platform; print(platform.python_version())');
    const root = windowsPath(base);
    const python = windowsPython({ version, root });
    return {
      ...python,
      listings: {
        [root]: names(base),
        [`${root}\\DLLs`]: names(join(base, 'DLLs')),
        [`${root}\\Lib\\venv\\scripts\\nt`]: launchers ? names(join(base, 'Lib', 'venv', 'scripts', 'nt')) : [],
      },
    };
  }

  // Plans for Windows are not applied elsewhere; this does what little such a plan holds.
  function apply({ environment, steps }: Plan): void {
    for (const step of steps) {
      if (step.kind === 'run') continue;
      const path = join(hostPath(environment.destination), step.path);
      if (step.kind === 'directory') mkdirSync(path, { recursive: true });
      else if (step.kind === 'file') writeFileSync(path, step.contents);
      else if (step.kind === 'copy') copyFileSync(hostPath(step.source), path);
      else throw new Error(`A ${step.kind} step is not expected`);
    }
  }

  // Some builds come without the launchers, and then there is only one way.
  const hasLaunchers = names(join(base, 'Lib', 'venv', 'scripts', 'nt')).some((name) => name.endsWith('.exe'));

  test('a Windows Python starts in its environment by copies of the whole interpreter', () => startsBy(false));
  test.skipIf(!hasLaunchers)(
    'a Windows Python starts in its environment by copies of the launchers of its venv (needs a Python that has them)',
    () => startsBy(true),
  );

  async function startsBy(launchers: boolean): Promise<void> {
    const interpreter = describeBase(launchers);
    const root = join(directory, `environment ${launchers}`);
    apply(await planFor({ creator, interpreter, destination: windowsPath(root) }));
    const executables = readdirSync(join(root, 'Scripts')).filter((name) => /^python[\d.]*\.exe$/.test(name));
    expect(readdirSync(join(root, 'Scripts')).some((name) => name.endsWith('.dll'))).toBe(!launchers);
    expect(executables).toEqual(expect.arrayContaining(['python.exe', 'python3.exe']));
    for (const name of executables) {
      const ask =
        'import ctypes, json, site, sqlite3, ssl, sys; print(json.dumps([sys.prefix, sys.base_prefix, site.getsitepackages()[-1], sys.path[-1]]))';
      const packages = windowsPath(join(root, 'Lib', 'site-packages'));
      expect(JSON.parse(runWindows(join(root, 'Scripts', name), ask))).toEqual([
        windowsPath(root),
        interpreter.basePrefix,
        packages,
        packages,
      ]);
    }
  }
});
