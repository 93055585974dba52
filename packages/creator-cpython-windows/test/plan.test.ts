import creator from '@vivarium/creator-cpython-windows';
import { inOneLine } from '@vivarium/test-utils/recorded-interpreters';
import { describe, expect, test } from 'vitest';
import { conda, embeddable, type Listed, windowsPython, withoutLaunchers } from './interpreters.ts';

async function planned(interpreter: Listed) {
  const request = { destination: 'C:\\env', interpreter, executables: 'symlink', systemSitePackages: false } as const;
  const { layout, steps, uncertain } = await creator.plan(request, {});
  return { executable: layout.executable, steps: steps.map(inOneLine), uncertain };
}

describe('plan', () => {
  test("copies the launchers of python.org's Python", async () => {
    const python = windowsPython({ version: '3.12.1', root: 'C:\\Python312' });
    expect(await planned(python)).toMatchInlineSnapshot(`
      {
        "executable": "Scripts/python.exe",
        "steps": [
          "directory Scripts",
          "directory Include",
          "directory Lib/site-packages",
          "copy Scripts/python.exe <- C:\\Python312\\Lib\\venv\\scripts\\nt\\python.exe",
          "copy Scripts/python3.exe <- C:\\Python312\\Lib\\venv\\scripts\\nt\\python.exe",
          "copy Scripts/python3.12.exe <- C:\\Python312\\Lib\\venv\\scripts\\nt\\python.exe",
          "copy Scripts/pythonw.exe <- C:\\Python312\\Lib\\venv\\scripts\\nt\\pythonw.exe",
          "copy Scripts/pythonw3.exe <- C:\\Python312\\Lib\\venv\\scripts\\nt\\pythonw.exe",
          "copy Scripts/pythonw3.12.exe <- C:\\Python312\\Lib\\venv\\scripts\\nt\\pythonw.exe",
        ],
        "uncertain": undefined,
      }
    `);
  });

  test('takes the launchers by their names since Python 3.13', async () => {
    const python = windowsPython({ version: '3.13.0', root: 'C:\\Python313' });
    expect((await planned(python)).steps).toMatchInlineSnapshot(`
      [
        "directory Scripts",
        "directory Include",
        "directory Lib/site-packages",
        "copy Scripts/python.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvlauncher.exe",
        "copy Scripts/python3.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvlauncher.exe",
        "copy Scripts/python3.13.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvlauncher.exe",
        "copy Scripts/pythonw.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvwlauncher.exe",
        "copy Scripts/pythonw3.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvwlauncher.exe",
        "copy Scripts/pythonw3.13.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvwlauncher.exe",
      ]
    `);
  });

  test('gives a free-threaded build the launchers of its own', async () => {
    const python = windowsPython({ version: '3.13.0', root: 'C:\\Python313', executable: 'python3.13t.exe' });
    const { steps } = await planned({ ...python, isFreeThreaded: true });
    expect(steps).toContain('copy Scripts/python.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvlaunchert.exe');
    expect(steps).toContain('copy Scripts/python3.13t.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvlaunchert.exe');
    expect(steps).toContain(
      'copy Scripts/pythonw3.13t.exe <- C:\\Python313\\Lib\\venv\\scripts\\nt\\venvwlaunchert.exe',
    );
  });

  test('gives a debug build its launchers, and the plain name next to its own', async () => {
    const python = windowsPython({ version: '3.12.1', root: 'C:\\debug', executable: 'python_d.exe' });
    const { steps } = await planned({ ...python, isDebug: true });
    expect(steps.filter((step) => step.includes('.exe'))).toMatchInlineSnapshot(`
      [
        "copy Scripts/python.exe <- C:\\debug\\Lib\\venv\\scripts\\nt\\python_d.exe",
        "copy Scripts/python3.exe <- C:\\debug\\Lib\\venv\\scripts\\nt\\python_d.exe",
        "copy Scripts/python3.12.exe <- C:\\debug\\Lib\\venv\\scripts\\nt\\python_d.exe",
        "copy Scripts/python_d.exe <- C:\\debug\\Lib\\venv\\scripts\\nt\\python_d.exe",
        "copy Scripts/pythonw.exe <- C:\\debug\\Lib\\venv\\scripts\\nt\\pythonw_d.exe",
        "copy Scripts/pythonw3.exe <- C:\\debug\\Lib\\venv\\scripts\\nt\\pythonw_d.exe",
        "copy Scripts/pythonw3.12.exe <- C:\\debug\\Lib\\venv\\scripts\\nt\\pythonw_d.exe",
        "copy Scripts/pythonw_d.exe <- C:\\debug\\Lib\\venv\\scripts\\nt\\pythonw_d.exe",
      ]
    `);
  });

  test("finds conda's launchers next to its interpreter", async () => {
    const { steps, uncertain } = await planned(conda);
    expect(steps).toContain('copy Scripts/python.exe <- C:\\conda\\venvlauncher.exe');
    expect(steps).toContain('copy Scripts/pythonw.exe <- C:\\conda\\venvwlauncher.exe');
    expect(steps.filter((step) => step.includes('.dll'))).toEqual([]);
    expect(uncertain).toBeUndefined();
  });

  test('copies the whole interpreter of the embeddable package, but not what steers it alone', async () => {
    expect(await planned(embeddable)).toMatchInlineSnapshot(`
      {
        "executable": "Scripts/python.exe",
        "steps": [
          "directory Scripts",
          "directory Include",
          "directory Lib/site-packages",
          "copy Scripts/python.exe <- C:\\embed\\python.exe",
          "copy Scripts/python3.exe <- C:\\embed\\python.exe",
          "copy Scripts/python3.12.exe <- C:\\embed\\python.exe",
          "copy Scripts/pythonw.exe <- C:\\embed\\pythonw.exe",
          "copy Scripts/pythonw3.exe <- C:\\embed\\pythonw.exe",
          "copy Scripts/pythonw3.12.exe <- C:\\embed\\pythonw.exe",
          "copy Scripts/_ssl.pyd <- C:\\embed\\_ssl.pyd",
          "copy Scripts/libcrypto-3.dll <- C:\\embed\\libcrypto-3.dll",
          "copy Scripts/python3.dll <- C:\\embed\\python3.dll",
          "copy Scripts/python312.dll <- C:\\embed\\python312.dll",
          "copy Scripts/python312.zip <- C:\\embed\\python312.zip",
          "copy Scripts/vcruntime140.dll <- C:\\embed\\vcruntime140.dll",
        ],
        "uncertain": "this Python brings no launcher for environments",
      }
    `);
  });

  test('copies what Python up to 3.7.1 needs, and leaves libraries of pywin32 behind', async () => {
    const { steps } = await planned(withoutLaunchers);
    expect(steps.filter((step) => step.startsWith('copy'))).toMatchInlineSnapshot(`
      [
        "copy Scripts/python.exe <- C:\\Python36\\python.exe",
        "copy Scripts/python3.exe <- C:\\Python36\\python.exe",
        "copy Scripts/python3.6.exe <- C:\\Python36\\python.exe",
        "copy Scripts/pythonw.exe <- C:\\Python36\\pythonw.exe",
        "copy Scripts/pythonw3.exe <- C:\\Python36\\pythonw.exe",
        "copy Scripts/pythonw3.6.exe <- C:\\Python36\\pythonw.exe",
        "copy Scripts/python3.dll <- C:\\Python36\\python3.dll",
        "copy Scripts/python36.dll <- C:\\Python36\\python36.dll",
        "copy Scripts/vcruntime140.dll <- C:\\Python36\\vcruntime140.dll",
        "copy Scripts/_ssl.pyd <- C:\\Python36\\DLLs\\_ssl.pyd",
        "copy Scripts/sqlite3.dll <- C:\\Python36\\DLLs\\sqlite3.dll",
      ]
    `);
  });
});

describe('supports', () => {
  const python = windowsPython({ version: '3.12.1', root: 'C:\\Python312' });
  const store =
    'C:\\Users\\u\\AppData\\Local\\Microsoft\\WindowsApps\\PythonSoftwareFoundation.Python.3.12_qbz5n2kfra8p0\\python.exe';

  test.each([python, embeddable, conda, withoutLaunchers])('accepts $systemExecutable', (interpreter) => {
    expect(creator.supports(interpreter)).toBe(true);
  });

  test.each<[Listed, string]>([
    [{ ...python, implementation: 'PyPy' }, 'it is PyPy and not CPython'],
    [{ ...python, os: 'posix' }, 'it is not a Python for Windows'],
    [
      windowsPython({ version: '2.7.18', root: 'C:\\Python27' }),
      'environments by pyvenv.cfg came with Python 3.3 (PEP 405)',
    ],
    [{ ...python, systemExecutable: store }, 'it comes from the Microsoft Store, which lets no one copy its files'],
    [
      { ...embeddable, listings: {} },
      'it brings no launcher for environments, and which libraries it needs is not known',
    ],
    [
      { ...windowsPython({ version: '3.13.0', root: 'C:\\x' }), isFreeThreaded: true, hasVenv: false },
      'it brings no launcher for environments, and which libraries it needs is not known',
    ],
  ])('refuses another one with the reason', (interpreter, reason) => {
    expect(creator.supports(interpreter)).toEqual({ reason });
  });
});
