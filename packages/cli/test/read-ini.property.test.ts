import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIniSection } from '../src/config/read-ini.ts';

// Python's own reader is the definition of the dialect: both read the same generated files.
const READ = `
import configparser, json, sys
answers = []
for text in json.load(sys.stdin):
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text)
        answers.append(dict(parser["virtualenv"]) if parser.has_section("virtualenv") else None)
    except Exception as error:
        answers.append("error")
json.dump(answers, sys.stdout)
`;

const key = fc.stringMatching(/^[a-z_]{1,12}$/);
const value = fc.stringMatching(/^[ -$&-~]{0,20}$/).map((text) => text.replaceAll('%', ''));
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(key, fc.constantFrom(' = ', '=', ': ', ' : '), value).map((parts) => parts.join('')),
  },
  fc.tuple(key, fc.constantFrom('50%%', '%(python)s', '%', '%%(x)s')).map(([name, text]) => `${name} = ${text}`),
  fc.constantFrom(
    '',
    '# comment',
    '; comment',
    '  # indented comment',
    '[virtualenv]',
    '[other]',
    '[DEFAULT]',
    'python = 3.12',
  ),
  value.map((text) => `    ${text}`),
);
const file = fc.array(line, { maxLength: 12 }).map((lines) => ['[virtualenv]', ...lines].join('\n'));

test('reads what Python reads', () => {
  const texts = fc.sample(file, 400);
  const wanted = JSON.parse(execFileSync('python3', ['-c', READ], { input: JSON.stringify(texts), encoding: 'utf8' }));
  for (const [index, text] of texts.entries()) {
    if (wanted[index] === 'error') continue;
    expect({ text, read: { ...readIniSection(text, 'virtualenv', 'x.ini') } }).toEqual({ text, read: wanted[index] });
  }
  // Files that Python refuses must not be most of what was compared.
  expect(wanted.filter((answer: unknown) => answer !== 'error').length).toBeGreaterThan(100);
});

test('ends with a table or an error for people, whatever the file holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      try {
        readIniSection(`[virtualenv]\n${text}`, 'virtualenv', 'x.ini');
      } catch (error) {
        expect(error).toMatchObject({ code: 'CONFIG_INVALID', exitCode: 2 });
      }
    }),
  );
});
