import type { Creator, Interpreter } from '@vivarium/core/plugin';
import cpythonMacosFramework, { cpythonMacosBrew } from '@vivarium/creator-cpython-macos';
import { expect, test } from 'vitest';
import { homebrewPython, xcodePython } from './interpreters.ts';

function plan(plugin: Creator, interpreter: Interpreter, executables: 'symlink' | 'copy' = 'symlink') {
  return plugin.plan({ destination: '/env', interpreter, executables, systemSitePackages: false }, {});
}

test("links to the program inside Xcode's framework, and to the framework's library", async () => {
  const { layout, steps } = await plan(cpythonMacosFramework, xcodePython);
  expect(layout.executable).toBe('bin/python');
  expect(steps.filter((step) => step.kind !== 'file')).toMatchInlineSnapshot(`
    [
      {
        "kind": "directory",
        "path": "bin",
      },
      {
        "kind": "directory",
        "path": "include",
      },
      {
        "kind": "directory",
        "path": "lib/python3.9/site-packages",
      },
      {
        "kind": "symlink",
        "path": "bin/python",
        "target": "/Library/Developer/CommandLineTools/Library/Frameworks/Python3.framework/Versions/3.9/Resources/Python.app/Contents/MacOS/Python",
      },
      {
        "kind": "symlink",
        "path": "bin/python3",
        "target": "python",
      },
      {
        "kind": "symlink",
        "path": "bin/python3.9",
        "target": "python",
      },
      {
        "kind": "symlink",
        "path": ".Python",
        "target": "/Library/Developer/CommandLineTools/Library/Frameworks/Python3.framework/Versions/3.9/Python3",
      },
    ]
  `);
});

test("links to Homebrew's Python by the name that stays when it is upgraded", async () => {
  const { steps } = await plan(cpythonMacosBrew, homebrewPython);
  expect(steps).toMatchInlineSnapshot(`
    [
      {
        "kind": "directory",
        "path": "bin",
      },
      {
        "kind": "directory",
        "path": "include",
      },
      {
        "kind": "directory",
        "path": "lib/python3.12/site-packages",
      },
      {
        "kind": "symlink",
        "path": "bin/python",
        "target": "/opt/homebrew/opt/python@3.12/bin/python3.12",
      },
      {
        "kind": "symlink",
        "path": "bin/python3",
        "target": "python",
      },
      {
        "kind": "symlink",
        "path": "bin/python3.12",
        "target": "python",
      },
    ]
  `);
});

test.each([
  [cpythonMacosFramework, xcodePython],
  [cpythonMacosBrew, homebrewPython],
])('copies no framework build, also not where links are impossible', async (plugin, interpreter) => {
  expect(() => plan(plugin, interpreter, 'copy')).toThrow(expect.objectContaining({ code: 'COPIES_NOT_SUPPORTED' }));
  const { steps } = await plan(plugin, interpreter);
  expect(steps.some((step) => step.kind === 'copy' || 'orCopy' in step)).toBe(false);
});

test.each([
  '/usr/local/opt/python@3.11/Frameworks/Python.framework/Versions/3.11',
  '/usr/local/Cellar/python@3.11/3.11.9/Frameworks/Python.framework/Versions/3.11',
  '/opt/homebrew/Cellar/python@3.12/3.12.4_1/Frameworks/Python.framework/Versions/3.12',
])('knows %s for a place of Homebrew', (basePrefix) => {
  expect(cpythonMacosBrew.supports({ ...homebrewPython, basePrefix })).toBe(true);
});

test.each<[Creator, Interpreter, string]>([
  [cpythonMacosFramework, homebrewPython, "it is not Xcode's framework build"],
  [cpythonMacosBrew, xcodePython, "it is not Homebrew's"],
  [
    cpythonMacosBrew,
    { ...homebrewPython, basePrefix: '/Library/Frameworks/Python.framework/Versions/3.12' },
    "it is not Homebrew's",
  ],
  [cpythonMacosBrew, { ...homebrewPython, platform: 'linux' }, 'it is not a Python for macOS'],
  [cpythonMacosFramework, { ...xcodePython, implementation: 'PyPy' }, 'it is PyPy and not CPython'],
  [
    cpythonMacosFramework,
    { ...xcodePython, version: { ...xcodePython.version, major: 2, minor: 7 } },
    'environments by pyvenv.cfg came with Python 3.3 (PEP 405)',
  ],
])('refuses another one with the reason', (plugin, interpreter, reason) => {
  expect(plugin.supports(interpreter)).toEqual({ reason });
});

test.each([
  [cpythonMacosFramework, xcodePython],
  [cpythonMacosBrew, homebrewPython],
])('accepts its own', (plugin, interpreter) => {
  expect(plugin.supports(interpreter)).toBe(true);
});
