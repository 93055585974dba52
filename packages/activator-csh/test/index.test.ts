import csh from '@vivarium/activator-csh';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { expect, test } from 'vitest';

test('serves interpreters on POSIX systems, line breaks included', () => {
  expect(csh.supports(linuxEnvironment('/srv/env'))).toBe(true);
  expect(csh.supports(linuxEnvironment('/srv/two\nlines'))).toBe(true);
});

test('refuses an interpreter on Windows, and a directory that PATH can not hold', () => {
  expect(csh.supports(windowsEnvironment('C:\\env'))).toEqual({
    reason: 'csh and tcsh have no use for an environment on Windows',
  });
  expect(csh.supports(linuxEnvironment('/srv/a:b'))).toEqual({
    reason: 'a directory with : in its name cannot be an entry of PATH: /srv/a:b',
  });
});

test('writes a script that activates, and one that leaves', () => {
  const names = csh.scripts(linuxEnvironment('/srv/env'), {}).map(({ name }) => name);
  expect(names).toEqual(['activate.csh', 'deactivate.csh']);
});

test('keeps the path as one plain literal', () => {
  const lines = scriptOf(csh, linuxEnvironment('/opt/venvs/blog-1.0')).split('\n');
  expect(lines.filter((line) => line.includes('/opt/venvs/blog'))).toEqual([
    "setenv VIRTUAL_ENV '/opt/venvs/blog-1.0'",
  ]);
});

test('writes the whole script for a plain place', async () => {
  await expect(scriptOf(csh, linuxEnvironment('/srv/env'))).toMatchFileSnapshot('__snapshots__/plain.csh');
});

test('writes the whole script for a hostile place and prompt, with Tcl', async () => {
  const tcl = { tclLibrary: '/opt/a b/tcl8.5', tkLibrary: '/opt/a b/tk8.5' };
  const prompt = "'; pwned; ' ! %n ^ __VIVARIUM_TCL__\ntwo";
  const environment = linuxEnvironment(`/srv/it's "$(pwned)" \\`, { prompt, tcl });
  await expect(scriptOf(csh, environment)).toMatchFileSnapshot('__snapshots__/hostile.csh');
});
