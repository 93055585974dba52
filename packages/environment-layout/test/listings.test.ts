import { namesIn } from '@vivarium/environment-layout';
import { cpython } from '@vivarium/test-utils/described-interpreter';
import { expect, test } from 'vitest';

test('gives what the description lists of a directory, and tells nothing from unknown', () => {
  const listed = { ...cpython('3.12.1'), listings: { '/opt/lib': ['a.so'], '/opt/empty': [] } };
  expect(namesIn(listed, '/opt/lib')).toEqual(['a.so']);
  expect(namesIn(listed, '/opt/empty')).toEqual([]);
  expect(namesIn(listed, '/opt/other')).toBeUndefined();
  expect(namesIn(cpython('3.12.1'), '/opt/lib')).toBeUndefined();
});

test('takes directories on Windows as the same whatever their case', () => {
  const listings = { 'C:\\Python\\DLLs': ['_ssl.pyd'] };
  const windows = { ...cpython('3.12.1'), os: 'nt' as const, listings };
  expect(namesIn(windows, 'c:\\python\\dlls')).toEqual(['_ssl.pyd']);
  expect(namesIn({ ...windows, os: 'posix' }, 'c:\\python\\dlls')).toBeUndefined();
});
