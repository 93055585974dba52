import type { Interpreter } from '@vivarium/core/plugin';
import creator from '@vivarium/creator-cpython2-posix';
import { cpython } from '@vivarium/test-utils/described-interpreter';
import { inOneLine } from '@vivarium/test-utils/recorded-interpreters';
import { expect, test } from 'vitest';

const python27: Interpreter = {
  ...cpython('2.7.18'),
  sharedLibrary: { name: 'libpython2.7.so.1.0', directory: '/opt/python/2.7.18/lib' },
};

async function planned(executables: 'symlink' | 'copy'): Promise<readonly string[]> {
  const { steps } = await creator.plan(
    { destination: '/env', interpreter: python27, executables, systemSitePackages: false },
    {},
  );
  return steps.map(inOneLine);
}

test('copies the executable also where links are wanted, since Python 2.7 would follow a link to the base', async () => {
  expect(await planned('symlink')).toMatchInlineSnapshot(`
    [
      "directory bin",
      "directory include",
      "directory lib/python2.7/site-packages",
      "symlink lib64 -> lib",
      "copy bin/python <- /opt/python/2.7.18/bin/python",
      "symlink bin/python2 -> python",
      "symlink bin/python2.7 -> python",
      "copy lib/libpython2.7.so.1.0 <- /opt/python/2.7.18/lib/libpython2.7.so.1.0",
      "symlink lib/python2.7/os.py -> /opt/python/2.7.18/lib/python2.7/os.py",
      "remove lib/python2.7/lib-dynload",
      "symlink lib/python2.7/lib-dynload -> /opt/python/2.7.18/lib/python2.7/lib-dynload",
      "symlink lib/python2.7/lib-old -> /opt/python/2.7.18/lib/python2.7",
      "file lib/python2.7/_vivarium_base.py",
      "file lib/python2.7/site.py",
      "file lib/python2.7/site-packages/_vivarium_distutils.py",
      "file lib/python2.7/site-packages/_vivarium_distutils.pth",
    ]
  `);
});

test('makes no links where copies are wanted', async () => {
  expect(await planned('copy')).toMatchInlineSnapshot(`
    [
      "directory bin",
      "directory include",
      "directory lib/python2.7/site-packages",
      "symlink lib64 -> lib",
      "copy bin/python <- /opt/python/2.7.18/bin/python",
      "copy bin/python2 <- /opt/python/2.7.18/bin/python",
      "copy bin/python2.7 <- /opt/python/2.7.18/bin/python",
      "copy lib/libpython2.7.so.1.0 <- /opt/python/2.7.18/lib/libpython2.7.so.1.0",
      "copy lib/python2.7/os.py <- /opt/python/2.7.18/lib/python2.7/os.py",
      "directory lib/python2.7/lib-dynload",
      "file lib/python2.7/_vivarium_base.py",
      "file lib/python2.7/site.py",
      "file lib/python2.7/site-packages/_vivarium_distutils.py",
      "file lib/python2.7/site-packages/_vivarium_distutils.pth",
    ]
  `);
});

test.each([
  [cpython('3.12.1'), 'it is not Python 2.7'],
  [cpython('2.6.9'), 'it is not Python 2.7'],
  [{ ...python27, implementation: 'PyPy' }, 'it is PyPy and not CPython'],
  [{ ...python27, os: 'nt' as const }, 'it is a Python for Windows'],
  [{ ...python27, framework: 'Python' }, 'it is a framework build of macOS'],
])('refuses another one with the reason', (interpreter, reason) => {
  expect(creator.supports(interpreter)).toEqual({ reason });
});

test('accepts CPython 2.7', () => {
  expect(creator.supports(python27)).toBe(true);
});
