import powershell from '@vivarium/activator-powershell';
import type { Environment } from '@vivarium/core/plugin';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import { format } from 'pwsh-formatter';
import { describe, expect, test } from 'vitest';
import { environment } from './environments.ts';
import { assignments, onlyLiteral, parse, readLiteral } from './parse.ts';

describe('the script, parsed by both grammars of PowerShell and not executed', () => {
  test('is one file, in UTF-8 with a byte order mark and with the line breaks of every platform', () => {
    const [script, ...others] = powershell.scripts(environment(), {});
    expect(others).toEqual([]);
    expect(script?.name).toBe('activate.ps1');
    expect(script?.contents).toMatch(/^\uFEFF<#\n/);
    expect(script?.contents).not.toMatch(/\r|\uFEFF.*\uFEFF/s);
  });

  test.each(['posix', 'nt'] as const)('is accepted by both on %s', async (os) => {
    const script = scriptOf(powershell, environment({ os }));
    expect(parse(script).hasError).toBe(false);
    expect(await format(script)).toMatchObject({ formatted: true, diagnostics: [] });
  });

  test.each(["$name = 'it's'", 'if ($x) { 1'])('with the faulty line %s it is refused by both', async (line) => {
    const script = `${scriptOf(powershell, environment())}${line}\n`;
    expect(parse(script).hasError).toBe(true);
    expect((await format(script)).formatted).toBe(false);
  });

  test('carries the paths of Windows with its separators', () => {
    const tcl = { tclLibrary: 'C:\\Python312\\tcl\\tcl8.6', tkLibrary: 'C:\\Python312\\tcl\\tk8.6' };
    expect(carried(environment({ os: 'nt', prompt: 'mine', tcl }))).toEqual({
      $destination: 'C:\\work\\env',
      $ownName: 'mine',
      $separator: ';',
      $scripts: '\\Scripts',
      $python: '\\Scripts\\python.exe',
      $pkgConfig: '\\lib\\pkgconfig',
      $tcl: tcl.tclLibrary,
      $tk: tcl.tkLibrary,
    });
  });

  test('carries the paths of other platforms with theirs, and no prompt where none was asked for', () => {
    expect(carried(environment())).toEqual({
      $destination: '/srv/work/env',
      $ownName: '',
      $separator: ':',
      $scripts: '/bin',
      $python: '/bin/python',
      $pkgConfig: '/lib/pkgconfig',
      $tcl: '',
      $tk: '',
    });
  });
});

describe('supports', () => {
  test.each(['posix', 'nt'] as const)('every interpreter for %s', (os) => {
    expect(powershell.supports(environment({ os }))).toBe(true);
  });

  test.each([
    ['a;b', 'nt', 'a directory with ; in its name cannot be an entry of PATH: C:\\work\\a;b'],
    ['a:b', 'posix', 'a directory with : in its name cannot be an entry of PATH: /srv/work/a:b'],
    [
      'a\\b',
      'posix',
      "PowerShell takes a backslash for the end of a directory's name on every platform: /srv/work/a\\b",
    ],
  ] as const)('no directory named %s on %s, and says why', (directory, os, reason) => {
    expect(powershell.supports(environment({ directory, os }))).toEqual({ reason });
  });

  test('a semicolon where it separates nothing', () => {
    expect(powershell.supports(environment({ directory: 'a;b' }))).toBe(true);
  });
});

// The values that stand in the script, by the variables they are given to at its beginning.
function carried(subject: Environment): Readonly<Record<string, string>> {
  const values = assignments(parse(scriptOf(powershell, subject))).map(
    ({ target, value }) => [target, onlyLiteral(value)] as const,
  );
  return Object.fromEntries(
    values
      .slice(0, 8)
      .map(([target, literal]) => [target, literal === undefined ? 'no literal' : readLiteral(literal.text)]),
  );
}
