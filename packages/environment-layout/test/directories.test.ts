import type { CreationRequest } from '@vivarium/core/plugin';
import { planDirectories } from '@vivarium/environment-layout';
import { cpython } from '@vivarium/test-utils/described-interpreter';
import { expect, test } from 'vitest';

const linux = cpython('3.12.1');
const layout = { ...linux.scheme, executable: 'bin/python' };

function request(changes: Partial<CreationRequest> = {}): CreationRequest {
  return { destination: '/env', interpreter: linux, executables: 'symlink', systemSitePackages: false, ...changes };
}

test('links lib64 to lib on 64-bit Linux', () => {
  expect(planDirectories(request(), layout)).toEqual([
    { kind: 'directory', path: 'bin' },
    { kind: 'directory', path: 'include' },
    { kind: 'directory', path: 'lib/python3.12/site-packages' },
    { kind: 'symlink', path: 'lib64', target: 'lib', orDirectory: true },
  ]);
});

test('leaves lib64 out from Python 3.15 on, except where extension modules are below it', () => {
  const interpreter = cpython('3.15.0');
  const plain = { ...interpreter.scheme, executable: 'bin/python' };
  const paths = (platlib: string) =>
    planDirectories(request({ interpreter }), { ...plain, platlib }).map((step) => step.path);
  expect(paths(plain.purelib)).not.toContain('lib64');
  expect(paths('lib64/python3.15/site-packages')).toContain('lib64');
});

test('makes nothing below lib64 before the link stands', () => {
  const fedora = { ...layout, platlib: 'lib64/python3.12/site-packages' };
  expect(planDirectories(request(), fedora)).toEqual(planDirectories(request(), layout));
});

test('plans the same directories for copies: where links are impossible the link may be a directory', () => {
  expect(planDirectories(request({ executables: 'copy' }), layout)).toEqual(planDirectories(request(), layout));
});

test.each([
  { ...linux, platform: 'darwin' },
  { ...linux, bits: 32 as const },
  { ...linux, os: 'nt' as const, platform: 'win32' },
])('makes no lib64 for $bits-bit $platform', (interpreter) => {
  expect(planDirectories(request({ interpreter }), layout).map((step) => step.path)).not.toContain('lib64');
});
