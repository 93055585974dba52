import type { CreationRequest, Interpreter } from '@vivarium/core/plugin';
import pypyPosix, { pypyWindows } from '@vivarium/creator-pypy';
import { inOneLine } from '@vivarium/test-utils/recorded-interpreters';
import { expect, test } from 'vitest';
import { portablePypy, windowsPypy } from './interpreters.ts';

async function planned(interpreter: Interpreter, executables: CreationRequest['executables']) {
  const plugin = interpreter.os === 'nt' ? pypyWindows : pypyPosix;
  const destination = interpreter.os === 'nt' ? 'C:\\env' : '/env';
  const creation = await plugin.plan({ destination, interpreter, executables, systemSitePackages: false }, {});
  return { executable: creation.layout.executable, steps: creation.steps.map(inOneLine) };
}

test('links to a portable PyPy, which finds its libraries from where it really is', async () => {
  expect(await planned(portablePypy, 'symlink')).toMatchInlineSnapshot(`
    {
      "executable": "bin/python",
      "steps": [
        "directory bin",
        "directory include",
        "directory lib/pypy3.10/site-packages",
        "symlink lib64 -> lib",
        "symlink bin/python -> /opt/pypy3.10/bin/pypy3",
        "symlink bin/python3 -> python",
        "symlink bin/python3.10 -> python",
        "symlink bin/pypy -> python",
        "symlink bin/pypy3 -> python",
        "symlink bin/pypy3.10 -> python",
      ],
    }
  `);
});

test('copies a portable PyPy with its libraries, and nothing else of its lib directory', async () => {
  expect(await planned(portablePypy, 'copy')).toMatchInlineSnapshot(`
    {
      "executable": "bin/python",
      "steps": [
        "directory bin",
        "directory include",
        "directory lib/pypy3.10/site-packages",
        "symlink lib64 -> lib",
        "copy bin/python <- /opt/pypy3.10/bin/pypy3",
        "copy bin/python3 <- /opt/pypy3.10/bin/pypy3",
        "copy bin/python3.10 <- /opt/pypy3.10/bin/pypy3",
        "copy bin/pypy <- /opt/pypy3.10/bin/pypy3",
        "copy bin/pypy3 <- /opt/pypy3.10/bin/pypy3",
        "copy bin/pypy3.10 <- /opt/pypy3.10/bin/pypy3",
        "copy bin/libpypy3.10-c.so <- /opt/pypy3.10/bin/libpypy3.10-c.so",
        "copy lib/libffi.so.6 <- /opt/pypy3.10/lib/libffi.so.6",
        "copy lib/libtcl8.6.so <- /opt/pypy3.10/lib/libtcl8.6.so",
      ],
    }
  `);
});

test("leaves a distribution's libraries where they are", async () => {
  const debian: Interpreter = {
    ...portablePypy,
    sharedLibrary: { name: 'libpypy3.10-c.so', directory: '/usr/lib/x86_64-linux-gnu' },
  };
  const { steps } = await planned(debian, 'copy');
  expect(steps.filter((step) => step.includes('.so'))).toEqual([]);
});

test('copies executables and libraries on Windows', async () => {
  expect(await planned(windowsPypy, 'symlink')).toMatchInlineSnapshot(`
    {
      "executable": "Scripts/python.exe",
      "steps": [
        "directory Scripts",
        "directory Include",
        "directory Lib/site-packages",
        "copy Scripts/python.exe <- C:\\pypy3.9\\pypy3.exe",
        "copy Scripts/python3.exe <- C:\\pypy3.9\\pypy3.exe",
        "copy Scripts/python3.9.exe <- C:\\pypy3.9\\pypy3.exe",
        "copy Scripts/pypy.exe <- C:\\pypy3.9\\pypy3.exe",
        "copy Scripts/pypy3.exe <- C:\\pypy3.9\\pypy3.exe",
        "copy Scripts/pypy3.9.exe <- C:\\pypy3.9\\pypy3.exe",
        "copy Scripts/pythonw.exe <- C:\\pypy3.9\\pypyw.exe",
        "copy Scripts/pypyw.exe <- C:\\pypy3.9\\pypyw.exe",
        "copy Scripts/libffi-8.dll <- C:\\pypy3.9\\libffi-8.dll",
        "copy Scripts/libpypy3.9-c.dll <- C:\\pypy3.9\\libpypy3.9-c.dll",
        "copy Scripts/vcruntime140.dll <- C:\\pypy3.9\\vcruntime140.dll",
        "file Lib/site-packages/_vivarium_distutils.py",
        "file Lib/site-packages/_vivarium_distutils.pth",
      ],
    }
  `);
});

test('says that the libraries are unknown where the description does not list them', async () => {
  const { listings: _, ...interpreter } = windowsPypy;
  await expect(planned(interpreter, 'copy')).rejects.toThrow('Cannot determine the libraries next to');
});

test.each([
  [pypyPosix, { ...portablePypy, implementation: 'CPython' }, 'it is CPython and not PyPy'],
  [
    pypyPosix,
    { ...portablePypy, version: { ...portablePypy.version, major: 2 } },
    'it is PyPy for Python 2, which knows no pyvenv.cfg',
  ],
  [pypyPosix, windowsPypy, 'it is a PyPy for Windows'],
  [pypyWindows, portablePypy, 'it is not a PyPy for Windows'],
])('refuses another one with the reason', (plugin, interpreter, reason) => {
  expect(plugin.supports(interpreter)).toEqual({ reason });
});

test.each([
  [pypyPosix, portablePypy],
  [pypyWindows, windowsPypy],
])('accepts its own', (plugin, interpreter) => {
  expect(plugin.supports(interpreter)).toBe(true);
});
