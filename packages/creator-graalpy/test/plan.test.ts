import type { CreationRequest, Interpreter } from '@vivarium/core/plugin';
import graalpyPosix, { graalpyWindows } from '@vivarium/creator-graalpy';
import { inOneLine } from '@vivarium/test-utils/recorded-interpreters';
import { expect, test } from 'vitest';
import { javaGraalpy, nativeGraalpy, windowsGraalpy } from './interpreters.ts';

async function planned(interpreter: Interpreter, executables: CreationRequest['executables'] = 'symlink') {
  const plugin = interpreter.os === 'nt' ? graalpyWindows : graalpyPosix;
  const destination = interpreter.os === 'nt' ? 'C:\\env' : '/env';
  const creation = await plugin.plan({ destination, interpreter, executables, systemSitePackages: false }, {});
  const { layout, steps, configuration, uncertain } = creation;
  return { executable: layout.executable, steps: steps.map(inOneLine), configuration, uncertain };
}

test('links to a native GraalPy and its library', async () => {
  expect(await planned(nativeGraalpy)).toMatchInlineSnapshot(`
    {
      "configuration": [],
      "executable": "bin/python",
      "steps": [
        "directory bin",
        "directory include",
        "directory lib/python3.11/site-packages",
        "symlink lib64 -> lib",
        "symlink bin/python -> /opt/graalpy/bin/graalpy",
        "symlink bin/python3 -> python",
        "symlink bin/python3.11 -> python",
        "symlink bin/graalpy -> python",
        "symlink lib/libpythonvm.so -> /opt/graalpy/lib/libpythonvm.so",
      ],
      "uncertain": undefined,
    }
  `);
});

test('copies a native GraalPy with its library, and wants that looked at', async () => {
  expect(await planned(nativeGraalpy, 'copy')).toMatchInlineSnapshot(`
    {
      "configuration": [],
      "executable": "bin/python",
      "steps": [
        "directory bin",
        "directory include",
        "directory lib/python3.11/site-packages",
        "symlink lib64 -> lib",
        "copy bin/python <- /opt/graalpy/bin/graalpy",
        "copy bin/python3 <- /opt/graalpy/bin/graalpy",
        "copy bin/python3.11 <- /opt/graalpy/bin/graalpy",
        "copy bin/graalpy <- /opt/graalpy/bin/graalpy",
        "copy lib/libpythonvm.so <- /opt/graalpy/lib/libpythonvm.so",
      ],
      "uncertain": "GraalPy looks for its libraries around its executable",
    }
  `);
});

test('links the Java virtual machine too, and does not copy it', async () => {
  const { steps } = await planned(javaGraalpy);
  expect(steps).toContain('symlink jvm -> /opt/graalpy/jvm');
  expect(steps).toContain('symlink modules -> /opt/graalpy/modules');
  await expect(planned(javaGraalpy, 'copy')).rejects.toMatchObject({ code: 'COPIES_NOT_SUPPORTED' });
});

test('links also where nothing is known of what is around the executable, and does not copy then', async () => {
  const { listings: _, ...interpreter } = nativeGraalpy;
  expect((await planned(interpreter)).steps).toContain('symlink bin/python -> /opt/graalpy/bin/graalpy');
  await expect(planned(interpreter, 'copy')).rejects.toMatchObject({ code: 'LIBRARIES_NOT_FOUND' });
});

test('names the root as home up to Python 3.10', async () => {
  const old = { ...nativeGraalpy, version: { ...nativeGraalpy.version, minor: 10 } };
  expect((await planned(old)).configuration).toEqual([['home', '/opt/graalpy']]);
});

test('copies a native GraalPy with its library on Windows', async () => {
  expect(await planned(windowsGraalpy)).toMatchInlineSnapshot(`
    {
      "configuration": [
        [
          "venvlauncher_command",
          "C:\\graalpy\\bin\\graalpy.exe",
        ],
      ],
      "executable": "Scripts/python.exe",
      "steps": [
        "directory Scripts",
        "directory Include",
        "directory Lib/site-packages",
        "copy Scripts/python.exe <- C:\\graalpy\\bin\\graalpy.exe",
        "copy Scripts/python3.exe <- C:\\graalpy\\bin\\graalpy.exe",
        "copy Scripts/python3.11.exe <- C:\\graalpy\\bin\\graalpy.exe",
        "copy Scripts/graalpy.exe <- C:\\graalpy\\bin\\graalpy.exe",
        "copy lib/pythonvm.dll <- C:\\graalpy\\lib\\pythonvm.dll",
      ],
      "uncertain": "GraalPy looks for its libraries around its executable",
    }
  `);
});

test('takes the launcher for environments on Windows where there is one', async () => {
  const listings = { 'C:\\graalpy\\Lib\\venv\\scripts\\nt': ['activate.bat', 'venvlauncher.exe', 'venvwlauncher.exe'] };
  const { steps } = await planned({ ...windowsGraalpy, listings } as Interpreter);
  expect(steps.filter((step) => step.includes('.exe'))).toMatchInlineSnapshot(`
    [
      "copy Scripts/python.exe <- C:\\graalpy\\Lib\\venv\\scripts\\nt\\venvlauncher.exe",
      "copy Scripts/python3.exe <- C:\\graalpy\\Lib\\venv\\scripts\\nt\\venvlauncher.exe",
      "copy Scripts/python3.11.exe <- C:\\graalpy\\Lib\\venv\\scripts\\nt\\venvlauncher.exe",
      "copy Scripts/graalpy.exe <- C:\\graalpy\\Lib\\venv\\scripts\\nt\\venvlauncher.exe",
      "copy Scripts/pythonw.exe <- C:\\graalpy\\Lib\\venv\\scripts\\nt\\venvwlauncher.exe",
    ]
  `);
});

test.each([
  [graalpyPosix, { ...nativeGraalpy, implementation: 'PyPy' }, 'it is PyPy and not GraalPy'],
  [graalpyPosix, windowsGraalpy, 'it is a GraalPy for Windows'],
  [graalpyWindows, nativeGraalpy, 'it is not a GraalPy for Windows'],
])('refuses another one with the reason', (plugin, interpreter, reason) => {
  expect(plugin.supports(interpreter)).toEqual({ reason });
});

test.each([
  [graalpyPosix, nativeGraalpy],
  [graalpyWindows, windowsGraalpy],
])('accepts its own', (plugin, interpreter) => {
  expect(plugin.supports(interpreter)).toBe(true);
});
