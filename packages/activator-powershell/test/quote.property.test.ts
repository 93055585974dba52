import powershell from '@vivarium/activator-powershell';
import { scriptOf } from '@vivarium/test-utils/activator-scripts';
import fc from 'fast-check';
import { format } from 'pwsh-formatter';
import { expect, test } from 'vitest';
import { environment } from './environments.ts';
import { assignments, every, onlyLiteral, parse, readLiteral } from './parse.ts';

// What means something to PowerShell, alone or together, and quotes of every kind that it knows.
const fragments = [
  ..."' '' \u2018 \u2019 \u201a \u201b \" \u201c \u201d \u201e ` `` \u2013 \u2014 @' '@ @\" \"@ <# #> # $& $' \\ -- --% %".split(
    ' ',
  ),
  ...'$(pwned) $env:PATH $PWD @( ( ) { } [ ] ; | & && - , * ? = é 日本 🐍 e\u0301 \uFEFF __VIVARIUM_TCL__'.split(' '),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is one of PowerShell's
  ...["'; pwned; '", '${env:PATH}', "\n'@\n", '\n', '\r', '\t', ' ', '\u00a0'],
];
const hostile = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...fragments) },
      {
        weight: 1,
        arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }).filter((text) => !text.includes('\0')),
      },
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map((pieces) => pieces.join(''));

const plain = parse(scriptWith('plain'));
const shape = every(plain, 'string_literal').length;

test('every name in every place comes back as one string literal, and nothing else in the script changes', () => {
  fc.assert(
    fc.property(hostile, fc.constantFrom('posix', 'nt'), (name, os) => {
      const root = parse(scriptWith(name, os));
      expect(root.hasError).toBe(false);
      expect(every(root, 'string_literal')).toHaveLength(shape);
      const given = assignments(root)
        .slice(0, 8)
        .map(({ value }) => readLiteral(onlyLiteral(value)?.text ?? ''));
      const [destination, prompt, , , , , tcl, tk] = given;
      const directory = os === 'nt' ? 'C:\\work\\' : '/srv/work/';
      expect({ destination, prompt, tcl, tk }).toEqual({
        destination: `${directory}${name}`,
        prompt: name,
        tcl: name,
        tk: name,
      });
    }),
    { numRuns: Number(process.env.VIVARIUM_HOSTILE_NAMES ?? 200) },
  );
}, 600_000);

test('a script with such names is whole to the second grammar too, which knows the typographic quotes', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (name) => {
      expect(await format(scriptWith(name))).toMatchObject({ formatted: true, diagnostics: [] });
    }),
    { numRuns: Number(process.env.VIVARIUM_HOSTILE_NAMES ?? 200) },
  );
}, 600_000);

test('the rule by which literals are read here refuses what would end early', () => {
  expect(readLiteral("'it''s'")).toBe("it's");
  expect(readLiteral("'\u2019\u2019'")).toBe('\u2019');
  expect(() => readLiteral("'a\u2019; pwned; \u2019b'")).toThrow('It ends early');
  expect(() => readLiteral("'a\u2019'")).toThrow("It doesn't end");
});

function scriptWith(name: string, os: 'posix' | 'nt' = 'posix'): string {
  const tcl = { tclLibrary: name, tkLibrary: name };
  return scriptOf(powershell, environment({ directory: name, prompt: name, os, tcl }));
}
