import fish from '@vivarium/activator-fish';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { linuxEnvironment, windowsEnvironment } from '@vivarium/test-utils/environments';
import { expect, test } from 'vitest';

test('serves interpreters of both platforms', () => {
  expect(fish.supports(linuxEnvironment('/srv/env'))).toBe(true);
  expect(fish.supports(linuxEnvironment('/srv/two\nlines'))).toBe(true);
  expect(fish.supports(windowsEnvironment('C:\\env'))).toBe(true);
});

test('refuses a directory that PATH can not hold', () => {
  expect(fish.supports(linuxEnvironment('/srv/a:b'))).toEqual({
    reason: 'a directory with : in its name cannot be an entry of PATH: /srv/a:b',
  });
});

test('writes one script, whose lines end with a line feed on every platform', () => {
  expect(fish.scripts(windowsEnvironment('C:\\env'), {}).map(({ name }) => name)).toEqual(['activate.fish']);
  expect(scriptOf(fish, windowsEnvironment('C:\\env'))).not.toContain('\r');
});

test('keeps the path as one plain literal', () => {
  const lines = scriptOf(fish, linuxEnvironment('/opt/venvs/blog')).split('\n');
  expect(lines.filter((line) => line.includes('/opt/venvs/blog'))).toEqual(["set -gx VIRTUAL_ENV '/opt/venvs/blog'"]);
});

test('writes the whole script for a hostile place and prompt', async () => {
  const prompt = "'; pwned; ' __VIVARIUM_TCL__";
  const environment = linuxEnvironment(`/srv/it's "$(pwned)" \\`, { prompt });
  await expect(scriptOf(fish, environment)).toMatchFileSnapshot('__snapshots__/posix.fish');
});

test('writes the whole script for an interpreter on Windows that needs to be told of Tcl', async () => {
  const tcl = { tclLibrary: 'C:\\Python\\tcl\\tcl8.5', tkLibrary: 'C:\\Python\\tcl\\tk8.5' };
  const environment = windowsEnvironment('C:\\Users\\it’s me\\env', { tcl });
  await expect(scriptOf(fish, environment)).toMatchFileSnapshot('__snapshots__/windows.fish');
});
