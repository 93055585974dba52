import { formatSpec, isInterpreter, matchesSpec, parseSpec } from '@vivarium/discovery';
import { describe, expect, test } from 'vitest';
import { interpreterOf } from './interpreter.ts';

describe('a version', () => {
  const gil = { isFreeThreaded: false };
  test.each([
    ['3', { major: 3, ...gil }],
    ['3.12', { major: 3, minor: 12, ...gil }],
    ['3.12.1', { major: 3, minor: 12, micro: 1, ...gil }],
    ['312', { major: 3, minor: 12, ...gil }],
    ['27', { major: 2, minor: 7, ...gil }],
    ['python', {}],
    ['py3', { major: 3, ...gil }],
    ['Python3.12', { major: 3, minor: 12, ...gil }],
    ['cpython', { implementation: 'cpython' }],
    ['cp312', { implementation: 'cpython', major: 3, minor: 12, ...gil }],
    ['cpython3.13t', { implementation: 'cpython', major: 3, minor: 13, isFreeThreaded: true }],
    ['3.12d', { major: 3, minor: 12, isDebug: true, ...gil }],
    ['3.13td', { major: 3, minor: 13, isFreeThreaded: true, isDebug: true }],
    ['3.13+freethreaded', { major: 3, minor: 13, isFreeThreaded: true }],
    ['3.13+debug', { major: 3, minor: 13, isDebug: true, ...gil }],
    ['cpython+gil', { implementation: 'cpython', isFreeThreaded: false }],
    ['pypy', { implementation: 'pypy' }],
    ['pypy3.10', { implementation: 'pypy', major: 3, minor: 10, ...gil }],
    ['pypy@3.10', { implementation: 'pypy', major: 3, minor: 10, ...gil }],
    ['pypy-3.10', { implementation: 'pypy', major: 3, minor: 10, ...gil }],
    ['graalvm', { implementation: 'graalpy' }],
    ['3-64', { major: 3, bits: 64, ...gil }],
    ['3.11-32', { major: 3, minor: 11, bits: 32, ...gil }],
    ['3.11-arm64', { major: 3, minor: 11, machine: 'arm64', ...gil }],
    ['3.11-64-AMD64', { major: 3, minor: 11, bits: 64, machine: 'x86_64', ...gil }],
    ['-32', { bits: 32 }],
    ['python-64', { bits: 64 }],
    ['pypy-3-32', { implementation: 'pypy', major: 3, bits: 32, ...gil }],
    ['python-aarch64', { machine: 'arm64' }],
    ['3.15rc2', { range: '==3.15rc2', ...gil }],
    ['>=3.9,<3.13', { range: '>=3.9,<3.13', ...gil }],
    ['>= 3.9, < 3.13', { range: '>=3.9,<3.13', ...gil }],
    ['cpython>=3.12', { implementation: 'cpython', range: '>=3.12', ...gil }],
    ['pypy ~=3.9', { implementation: 'pypy', range: '~=3.9', ...gil }],
    ['==3.12.*', { range: '==3.12.*', ...gil }],
    ['>=3.13+freethreaded', { range: '>=3.13', isFreeThreaded: true }],
    [
      'cpython-3.12.1-linux-x86_64-gnu',
      {
        implementation: 'cpython',
        major: 3,
        minor: 12,
        micro: 1,
        platform: 'linux',
        machine: 'x86_64',
        libc: 'glibc',
        ...gil,
      },
    ],
    [
      'cpython-3.13.1+freethreaded-linux-x86_64_v3-musl',
      {
        ...{ implementation: 'cpython', major: 3, minor: 13, micro: 1, platform: 'linux', machine: 'x86_64' },
        ...{ libc: 'musl', isFreeThreaded: true },
      },
    ],
    [
      'pypy-3.10.16-macos-aarch64-none',
      { implementation: 'pypy', major: 3, minor: 10, micro: 16, platform: 'darwin', machine: 'arm64', ...gil },
    ],
    [
      'cpython-3.15.0rc1-windows-x86-none',
      { implementation: 'cpython', range: '==3.15.0rc1', platform: 'win32', machine: 'x86', ...gil },
    ],
    ['any-any-linux-riscv64gc-gnu', { platform: 'linux', machine: 'riscv64', libc: 'glibc' }],
    ['pypy3.9-7.3.11', { implementation: 'pypy', major: 3, minor: 9, implementationVersion: '7.3.11', ...gil }],
    ['pypy3.10-v7.3.16', { implementation: 'pypy', major: 3, minor: 10, implementationVersion: '7.3.16', ...gil }],
    ['graalpy-24.1.1', { implementation: 'graalpy', implementationVersion: '24.1.1' }],
    ['>=3.9-32', { range: '>=3.9', bits: 32, ...gil }],
  ])('%s', (text, expected) => {
    expect(parseSpec(text)).toStrictEqual({ kind: 'version', text, ...expected });
  });
});

test.each(['/usr/bin/python3', './python', 'env/bin/python', '../python3.12', 'C:\\Python312\\python.exe', '.'])(
  '%s is a path',
  (text) => {
    expect(parseSpec(text)).toStrictEqual({ kind: 'path', text, path: text });
  },
);

test.each([
  'python3.11-dbg',
  'my-python',
  'python3.12.exe',
  '3.12.1.1',
  '3..12',
  'foo3',
  'pypyt',
  't',
  '3.12+fast',
  'cpython-3.12+fast-linux-x86_64-gnu',
])('%s is the name of a file', (text) => {
  expect(parseSpec(text)).toStrictEqual({ kind: 'path', text, path: text });
});

test.each(['', '  ', 'a\0b', '>=foo', '>=3.10 <3.11', '>=', '<', 'foo>=3.9', '>=3.9,', '~=3', '>=3.13t', '=>3.9'])(
  '%j is refused as wrong usage',
  (text) => {
    expect(() => parseSpec(text)).toThrow(
      expect.objectContaining({ code: 'SPEC_INVALID', exitCode: 2, hint: expect.stringContaining('comma') }),
    );
  },
);

describe('an interpreter fits', () => {
  const cases: [string, string, boolean][] = [
    // What an interpreter says, what is asked, and whether it fits.
    ['3.12.4', '3', true],
    ['3.12.4', '3.12', true],
    ['3.12.4', '3.12.4', true],
    ['3.12.4', '3.12.3', false],
    ['3.12.4', '2', false],
    ['3.12.4', '>=3.9,<3.13', true],
    ['3.13.0', '>=3.9,<3.13', false],
    ['3.12.4', '==3.12', true],
    ['3.12.4', '!=3.12', false],
    ['3.12.4', '==3.12.0', false],
    ['3.12.4', '===3.12.4', true],
    ['3.12.4', '<=3.12', false],
    ['3.12.4', '>3.12', true],
    ['3.12.4', '~=3.11', true],
    ['3.12.4', '~=3.11.0', false],
    ['3.12.4', '!=3.12.*', false],
    ['3.15.0rc1', '3.15', true],
    ['3.15.0rc1', '>=3.15', true],
    ['3.15.0rc1', '<3.15', false],
    ['3.15.0rc1', '>=3.15.0rc2', false],
    ['3.15.0rc1', '3.15.0rc1', true],
    ['3.15.0rc1', '3.15.0b1', false],
  ];
  test.each(cases)('%s for %s: %s', (version, spec, fits) => {
    const answer = matchesSpec(interpreterOf({ version }), parseSpec(spec));
    expect(answer).toStrictEqual(fits ? true : { reason: `its version is ${version}` });
  });

  test('a version without t never means a free-threaded build, and one with t nothing else', () => {
    const freeThreaded = interpreterOf({ version: '3.13.0', isFreeThreaded: true });
    expect(matchesSpec(freeThreaded, parseSpec('3.13'))).toStrictEqual({ reason: 'it is free-threaded' });
    expect(matchesSpec(freeThreaded, parseSpec('3.13t'))).toBe(true);
    expect(matchesSpec(freeThreaded, parseSpec('cpython'))).toBe(true);
    expect(matchesSpec(interpreterOf({ version: '3.13.0' }), parseSpec('3.13t'))).toStrictEqual({
      reason: 'it is not free-threaded',
    });
  });

  test('by implementation, width, machine and build', () => {
    const interpreter = interpreterOf({ version: '3.12.1' });
    expect(isInterpreter(interpreter)).toBe(true);
    expect(matchesSpec(interpreter, parseSpec('pypy3.12'))).toStrictEqual({ reason: 'it is CPython' });
    expect(matchesSpec(interpreter, parseSpec('3-32'))).toStrictEqual({ reason: 'it is a 64-bit build' });
    expect(matchesSpec(interpreter, parseSpec('3-arm64'))).toStrictEqual({ reason: 'it is for x86_64' });
    expect(matchesSpec(interpreter, parseSpec('3.12d'))).toStrictEqual({ reason: 'it is not a debug build' });
    expect(matchesSpec(interpreter, parseSpec('cpython3.12-64-amd64'))).toBe(true);
  });
});

test('by system, C library and the release of the implementation', () => {
  const musl = interpreterOf({ version: '3.12.1', libc: 'musl' });
  expect(matchesSpec(musl, parseSpec('cpython-3.12.1-linux-x86_64-gnu'))).toStrictEqual({
    reason: 'it is built for musl',
  });
  expect(matchesSpec(musl, parseSpec('cpython-3.12.1-linux-x86_64-musl'))).toBe(true);
  expect(matchesSpec(musl, parseSpec('cpython-3.12-macos-any-none'))).toStrictEqual({ reason: 'it is for linux' });
  const own = { major: 7, minor: 3, micro: 11, releaseLevel: 'final', serial: 0 } as const;
  const pypy = interpreterOf({ version: '3.9.16', implementation: 'PyPy', implementationVersion: own });
  expect(matchesSpec(pypy, parseSpec('pypy3.9-7.3.11'))).toBe(true);
  expect(matchesSpec(pypy, parseSpec('pypy3.9-7.3.1'))).toStrictEqual({ reason: 'it is PyPy 7.3.11' });
});

test('a spec is written as short as it can be', () => {
  expect(formatSpec(parseSpec('cpython-3.12.1-linux-amd64-gnu'))).toBe('cpython-3.12.1-linux-x86_64-gnu');
  expect(formatSpec(parseSpec('pypy3.9-7.3.11'))).toBe('pypy3.9-7.3.11');
  expect(formatSpec(parseSpec('cp312-64-AMD64'))).toBe('cpython3.12-64-x86_64');
  expect(formatSpec(parseSpec('pypy@3.10'))).toBe('pypy3.10');
  expect(formatSpec(parseSpec('>= 3.9 , < 3.13'))).toBe('>=3.9,<3.13');
  expect(formatSpec(parseSpec('./python'))).toBe('./python');
});
