import type { CreationRequest, Interpreter } from '@vivarium/core/plugin';
import creator from '@vivarium/creator-cpython-posix';
import { cpython } from '@vivarium/test-utils/described-interpreter';
import { describe, expect, test } from 'vitest';

function plan(interpreter: Interpreter, changes: Partial<CreationRequest> = {}) {
  const request = { destination: '/env', interpreter, executables: 'symlink', systemSitePackages: false } as const;
  return creator.plan({ ...request, ...changes }, {});
}

describe('plan', () => {
  test('links the executable to the base and the aliases to it', async () => {
    const { layout, steps } = await plan(cpython('3.12.1'));
    expect(layout.executable).toBe('bin/python');
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
          "orDirectory": true,
          "path": "lib64",
          "target": "lib",
        },
        {
          "kind": "symlink",
          "orCopy": "/opt/python/3.12.1/bin/python",
          "path": "bin/python",
          "target": "/opt/python/3.12.1/bin/python",
        },
        {
          "kind": "symlink",
          "orCopy": "/opt/python/3.12.1/bin/python",
          "path": "bin/python3",
          "target": "python",
        },
        {
          "kind": "symlink",
          "orCopy": "/opt/python/3.12.1/bin/python",
          "path": "bin/python3.12",
          "target": "python",
        },
      ]
    `);
  });

  test('copies each name, and the shared library next to them', async () => {
    const interpreter: Interpreter = {
      ...cpython('3.12.1'),
      sharedLibrary: { name: 'libpython3.12.so.1.0', directory: '/opt/python/3.12.1/lib' },
    };
    const { steps } = await plan(interpreter, { executables: 'copy' });
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
          "orDirectory": true,
          "path": "lib64",
          "target": "lib",
        },
        {
          "kind": "copy",
          "mode": 493,
          "path": "bin/python",
          "source": "/opt/python/3.12.1/bin/python",
        },
        {
          "kind": "copy",
          "mode": 493,
          "path": "bin/python3",
          "source": "/opt/python/3.12.1/bin/python",
        },
        {
          "kind": "copy",
          "mode": 493,
          "path": "bin/python3.12",
          "source": "/opt/python/3.12.1/bin/python",
        },
        {
          "kind": "copy",
          "path": "lib/libpython3.12.so.1.0",
          "source": "/opt/python/3.12.1/lib/libpython3.12.so.1.0",
        },
      ]
    `);
  });

  test('leaves the shared library where it is when executables are links', async () => {
    const interpreter = { ...cpython('3.12.1'), sharedLibrary: { name: 'libpython3.12.so.1.0', directory: '/lib' } };
    const { steps } = await plan(interpreter);
    expect(steps).toEqual((await plan(cpython('3.12.1'))).steps);
  });

  test('adds the distutils hook up to Python 3.9', async () => {
    const files = async (version: string) =>
      (await plan(cpython(version))).steps.filter((step) => step.kind === 'file').map((step) => step.path);
    expect(await files('3.9.18')).toEqual([
      'lib/python3.9/site-packages/_vivarium_distutils.py',
      'lib/python3.9/site-packages/_vivarium_distutils.pth',
    ]);
    expect(await files('3.10.13')).toEqual([]);
  });

  test('takes the directories from the scheme of the interpreter', async () => {
    const base = cpython('3.13.0');
    const scheme = {
      ...base.scheme,
      purelib: 'lib/python3.13t/site-packages',
      platlib: 'lib/python3.13t/site-packages',
    };
    const { steps, layout } = await plan({ ...base, isFreeThreaded: true, scheme });
    expect(layout.purelib).toBe('lib/python3.13t/site-packages');
    expect(steps).toContainEqual({ kind: 'directory', path: 'lib/python3.13t/site-packages' });
    expect(steps).toContainEqual(expect.objectContaining({ kind: 'symlink', path: 'bin/python3.13t' }));
  });
});

describe('supports', () => {
  const linux = cpython('3.12.1');
  test.each([
    linux,
    cpython('3.3.0'),
    { ...linux, platform: 'darwin' },
    { ...linux, platform: 'darwin', framework: 'Python' },
    { ...linux, platform: 'freebsd14' },
  ])('accepts CPython $version.minor on $platform', (interpreter) => {
    expect(creator.supports(interpreter)).toBe(true);
  });

  test.each([
    [{ ...linux, implementation: 'PyPy' }, 'it is PyPy and not CPython'],
    [{ ...linux, os: 'nt' as const }, 'it is a Python for Windows'],
    [cpython('3.2.6'), 'environments by pyvenv.cfg came with Python 3.3 (PEP 405)'],
    [cpython('2.7.18'), 'environments by pyvenv.cfg came with Python 3.3 (PEP 405)'],
    [{ ...linux, platform: 'darwin', framework: 'Python3' }, "it is Xcode's framework build"],
    [
      {
        ...linux,
        platform: 'darwin',
        basePrefix: '/opt/homebrew/opt/python@3.12/Frameworks/Python.framework/Versions/3.12',
      },
      "it is Homebrew's framework build",
    ],
  ])('refuses another one with the reason', (interpreter, reason) => {
    expect(creator.supports(interpreter)).toEqual({ reason });
  });
});
