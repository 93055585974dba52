import { executableNames } from '@vivarium/environment-layout';
import { cpython } from '@vivarium/test-utils/described-interpreter';
import { expect, test } from 'vitest';

test('names an ordinary build by its version', () => {
  expect(executableNames(cpython('3.12.1'))).toEqual(['python', 'python3', 'python3.12']);
});

test('tells a free-threaded build', () => {
  expect(executableNames({ ...cpython('3.13.0'), isFreeThreaded: true })).toEqual([
    'python',
    'python3',
    'python3.13',
    'python3.13t',
  ]);
});

test('tells a debug build, and keeps the name that the base goes by', () => {
  const debug = { ...cpython('3.11.2'), isDebug: true, systemExecutable: '/usr/bin/python3.11-dbg' };
  expect(executableNames(debug)).toEqual(['python', 'python3', 'python3.11', 'python3.11d', 'python3.11-dbg']);
});

test('tells a build that is both', () => {
  const both = { ...cpython('3.13.0'), isDebug: true, isFreeThreaded: true };
  expect(executableNames(both)).toEqual(['python', 'python3', 'python3.13', 'python3.13t', 'python3.13td']);
});

test('holds names that differ in case only for one', () => {
  const base = { ...cpython('3.12.1'), systemExecutable: '/Library/Python' };
  expect(executableNames(base, ['PYTHON3', 'pypy'])).toEqual(['python', 'python3', 'python3.12', 'pypy']);
});
