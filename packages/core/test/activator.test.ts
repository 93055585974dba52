import { asTyped, type Environment, fillScript, pathEntryProblem, scriptValues } from '@vivarium/core/plugin';
import { expect, test } from 'vitest';
import { cpython312 } from './example.ts';

const layout = { ...cpython312.scheme, executable: 'bin/python' };
const environment = (more: Partial<Environment> = {}): Environment => ({
  ...{ destination: '/srv/zoo', interpreter: cpython312, layout },
  ...more,
});

test('each placeholder is replaced once, by its quoted value', () => {
  const quote = (text: string): string => `<${text}>`;
  const values = { A: '__VIVARIUM_B_C__', B_C: 'b', D: '' };
  expect(fillScript('x __VIVARIUM_A__ __VIVARIUM_B_C____VIVARIUM_D__ __VIVARIUM__ __vivarium_A__', values, quote)).toBe(
    'x <__VIVARIUM_B_C__> <b><> __VIVARIUM__ __vivarium_A__',
  );
  expect(() => fillScript('__VIVARIUM_OTHER__', values, quote)).toThrow(
    new TypeError('There is no value for __VIVARIUM_OTHER__'),
  );
});

test('the values of all scripts', () => {
  expect(scriptValues(environment())).toEqual({
    ...{ DESTINATION: '/srv/zoo', PROMPT: '', NAME: 'zoo', SCRIPTS: 'bin', ROOT: '..', PYTHON: 'bin/python' },
    ...{ TCL: '', TK: '' },
  });
  const tcl = { tclLibrary: '/tcl', tkLibrary: '/tk' };
  const other = environment({
    prompt: 'my zoo',
    interpreter: { ...cpython312, tcl },
    layout: { ...layout, scripts: 'some/where' },
  });
  expect(scriptValues(other)).toMatchObject({
    ...{ PROMPT: 'my zoo', NAME: 'my zoo', SCRIPTS: 'some/where', ROOT: '../..', TCL: '/tcl', TK: '/tk' },
  });
});

test('a directory with the separator of PATH in its name cannot be an entry of it', () => {
  expect(pathEntryProblem(environment())).toBeUndefined();
  expect(pathEntryProblem(environment({ destination: '/a;b' }))).toBeUndefined();
  expect(pathEntryProblem(environment({ destination: '/a:b' }))).toBe(
    'a directory with : in its name cannot be an entry of PATH: /a:b',
  );
  const windows = { ...cpython312, os: 'nt', platform: 'win32' } as const;
  expect(pathEntryProblem(environment({ interpreter: windows, destination: 'C:\\a' }))).toBeUndefined();
  expect(pathEntryProblem(environment({ interpreter: windows, destination: 'C:\\a;b' }))).toBe(
    'a directory with ; in its name cannot be an entry of PATH: C:\\a;b',
  );
});

test.each(['a', '/a/b', './a', '../a', 'a-b+c.d/e', '_', 'A1'])('%j is typed as it is', (path) => {
  expect(asTyped(path, () => 'quoted')).toBe(path);
});

test.each(['', '-a', '+a', 'a b', 'a\n', '~a', '~/a', "a'b", 'a$b', 'a=b', 'a:b', 'ä', 'a\\b'])(
  '%j is typed with quotes',
  (path) => {
    expect(asTyped(path, (text) => `<${text}>`)).toBe(`<${path}>`);
  },
);
