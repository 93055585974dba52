import batch from '@vivarium/activator-batch';
import { windowsEnvironment } from '@vivarium/test-utils/environments';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readLine, readSet } from './command-line.ts';

const fragments =
  '" "" % %% %PATH% %~dp0 !PATH! ! !! ^ ^^ & && | || < > ( ) = == , ; : * ? $ $P $G @ / \\ \' ` - . # + é 日本 🐍'.split(
    ' ',
  );
const hostile = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...fragments, ' ', '\t', 'a', 'pwned', '& pwned', '__VIVARIUM_TCL__') },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }) },
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map((pieces) => pieces.join(''))
  .filter((name) => !/[^\P{Cc}\t]/u.test(name));
const numRuns = Number(process.env.VIVARIUM_HOSTILE_NAMES ?? 500);

describe('by the rules of cmd.exe, in a model of them', () => {
  test('each line that carries a value is one command, and sets just that value', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const tcl = { tclLibrary: `C:\\${name}`, tkLibrary: name };
        const lines = linesOf(
          batch.scripts(windowsEnvironment('C:\\work\\env', { prompt: name, tcl }), {})[0]?.contents,
        );
        const carried = (variable: string): unknown =>
          lines.filter((line) => line.startsWith(`@set ${variable}=`)).map((line) => readLine(line).map(readSet));
        expect(carried('name')).toEqual([[['name', name]]]);
        expect(carried('tcl')).toEqual([[['tcl', `C:\\${name}`]]]);
        expect(carried('tk')).toEqual([[['tk', name]]]);
      }),
      { numRuns },
    );
  });

  test('the line that sets all variables at once gives each its value, whatever is in it', () => {
    const lines = linesOf(batch.scripts(windowsEnvironment('C:\\work\\env'), {})[1]?.contents);
    const last = lines.find((line) => line.startsWith('@endlocal')) ?? '';
    const names = [...last.matchAll(/%w(\w+):/g)].map(([, name]) => name ?? '');
    fc.assert(
      fc.property(fc.array(hostile, { minLength: names.length, maxLength: names.length }), (values) => {
        const words = names.map((name, index) => [`w${name}`, wordOf(lines, name, values[index] ?? '')] as const);
        const [first, second, ...sets] = readLine(last, Object.fromEntries(words));
        expect([first, second]).toEqual(['endlocal', 'endlocal']);
        expect(sets.map(readSet)).toEqual(names.map((name, index) => [name, values[index]]));
      }),
      { numRuns },
    );
  });

  test('the model tells a command that escapes from its value', () => {
    expect(readLine('@set name=a& pwned')).toEqual(['set name=a', 'pwned']);
    expect(readLine('@set "name=a" & pwned & "b"')).toEqual(['set "name=a" ', 'pwned ', '"b"']);
    expect(readLine('@set name=%PATH%', { PATH: 'C:\\' })).toEqual(['set name=C:\\']);
    expect(() => readLine('@set name=a > b')).toThrow('neither quoted nor escaped');
  });
});

// Goes through the script's own lines that make the word of a variable: from reading it to `:word`.
function wordOf(lines: readonly string[], name: string, value: string): string {
  const variables: Record<string, string> = { [name]: value };
  const run = (line: string | undefined): void => {
    const [command = '', ...others] = readLine((line ?? '').replace('%1', name).replace('%1', name), variables);
    if (others.length > 0 || !command.startsWith('set ')) throw new Error(`It should set one variable: ${line}`);
    const [variable, result] = readSet(command);
    variables[variable] = result;
  };
  const load = lines.find((line) => line.startsWith(`@if defined ${name} `));
  run(load?.replace(`@if defined ${name} `, '@'));
  run(lines.find((line) => line.startsWith(`@set "value=%v${name}%"`))?.replace(/& call.*/, ''));
  const first = lines.indexOf(':escape') + 1;
  for (const line of lines.slice(first, lines.indexOf('@exit /b', first))) run(line);
  return variables[`w${name}`] ?? '';
}

function linesOf(text = ''): readonly string[] {
  return text.split('\r\n');
}
