import type { CreationRequest, Interpreter } from '@vivarium/core/plugin';
import rustpythonPosix, { rustpythonWindows } from '@vivarium/creator-rustpython';
import { inOneLine } from '@vivarium/test-utils/recorded-interpreters';
import { expect, test } from 'vitest';
import { rustpython, windowsRustpython } from './interpreters.ts';

async function planned(interpreter: Interpreter, executables: CreationRequest['executables'] = 'symlink') {
  const plugin = interpreter.os === 'nt' ? rustpythonWindows : rustpythonPosix;
  const destination = interpreter.os === 'nt' ? 'C:\\env' : '/env';
  const { layout, steps } = await plugin.plan({ destination, interpreter, executables, systemSitePackages: false }, {});
  return [layout.executable, ...steps.map(inOneLine)];
}

test('links to RustPython', async () => {
  expect(await planned(rustpython)).toMatchInlineSnapshot(`
    [
      "bin/python",
      "directory bin",
      "directory include",
      "directory lib/rustpython3.14t/site-packages",
      "symlink lib64 -> lib",
      "symlink bin/python -> /home/u/.cargo/bin/rustpython",
      "symlink bin/python3 -> python",
      "symlink bin/python3.14 -> python",
      "symlink bin/python3.14t -> python",
      "symlink bin/rustpython -> python",
    ]
  `);
});

test('copies RustPython, with which nothing has to go along', async () => {
  expect(await planned(rustpython, 'copy')).toMatchInlineSnapshot(`
    [
      "bin/python",
      "directory bin",
      "directory include",
      "directory lib/rustpython3.14t/site-packages",
      "symlink lib64 -> lib",
      "copy bin/python <- /home/u/.cargo/bin/rustpython",
      "copy bin/python3 <- /home/u/.cargo/bin/rustpython",
      "copy bin/python3.14 <- /home/u/.cargo/bin/rustpython",
      "copy bin/python3.14t <- /home/u/.cargo/bin/rustpython",
      "copy bin/rustpython <- /home/u/.cargo/bin/rustpython",
    ]
  `);
});

test('copies it always on Windows', async () => {
  expect(await planned(windowsRustpython)).toMatchInlineSnapshot(`
    [
      "Scripts/python.exe",
      "directory Scripts",
      "directory Include",
      "directory Lib/site-packages",
      "copy Scripts/python.exe <- C:\\RustPython\\rustpython.exe",
      "copy Scripts/python3.exe <- C:\\RustPython\\rustpython.exe",
      "copy Scripts/python3.14.exe <- C:\\RustPython\\rustpython.exe",
      "copy Scripts/python3.14t.exe <- C:\\RustPython\\rustpython.exe",
      "copy Scripts/rustpython.exe <- C:\\RustPython\\rustpython.exe",
    ]
  `);
});

test.each([
  [rustpythonPosix, { ...rustpython, implementation: 'CPython' }, 'it is CPython and not RustPython'],
  [rustpythonPosix, windowsRustpython, 'it is a RustPython for Windows'],
  [rustpythonWindows, rustpython, 'it is not a RustPython for Windows'],
])('refuses another one with the reason', (plugin, interpreter, reason) => {
  expect(plugin.supports(interpreter)).toEqual({ reason });
});

test.each([
  [rustpythonPosix, rustpython],
  [rustpythonWindows, windowsRustpython],
])('accepts its own', (plugin, interpreter) => {
  expect(plugin.supports(interpreter)).toBe(true);
});
