import {
  evaluateMarker,
  fieldsOf,
  formatMarker,
  formatRequirement,
  isVersion,
  type Marker,
  type MarkerEnvironment,
  ParseError,
  parseMarker,
  parseRequirement,
  parseSpecifiers,
  parseVersion,
  UndefinedFieldError,
} from '@vivarium/packaging';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText, looseText, plainVersion, specifierText, version } from './arbitraries.ts';
import { attempt } from './attempt.ts';
import { drawn, expectSame } from './expect-same.ts';
import { askPackaging, type Question } from './reference.ts';

const RUNS = 3000;

const VERSIONED = ['python_version', 'python_full_version', 'implementation_version'];
const TEXTS = ['os_name', 'sys_platform', 'platform_machine', 'platform_python_implementation', 'platform_system'];
const NAMES = ['linux', 'darwin', 'win32', 'posix', 'nt', 'x86_64', 'CPython', 'cpython', 'PyPy', 'Linux', 'lin', ''];

const word = fc.oneof(fc.constantFrom(...NAMES), fc.stringMatching(/^[a-z0-9 ._#-]{0,6}$/));
const pythonVersion = fc.oneof(
  fc.constantFrom('3.13', '3.9', '3.13.0', '3.13.0rc1', '3.*', '3.13.*', '2.7', '3', '3.12 3.13', '3.13.1+', '6.1.0'),
  plainVersion,
  version,
  word,
);
const comparing = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const containing = fc.constantFrom('in', 'not in', 'not  in');
const quoted = (value: string): string => (value.includes("'") ? `"${value}"` : `'${value}'`);
const spaced = fc.constantFrom(' ', ' ', '  ', '\t');

// `~=` and `===` of a text are "==" by the specification, and an error to `packaging`: see below.
const versionComparison = fc.tuple(fc.constantFrom(...VERSIONED), fc.oneof(comparing, containing), pythonVersion);
// What differs from a version although it is none, `6.1.0-13-amd64`, is another case where the two disagree.
const releaseComparison = fc.tuple(
  fc.constant('platform_release'),
  fc.constantFrom('==', '<', '<=', '>', '>=', 'in', 'not in'),
  pythonVersion,
);
const compatible = fc.tuple(
  fc.constantFrom(...VERSIONED, 'platform_release'),
  fc.constantFrom('~=', '==='),
  fc.tuple(plainVersion, plainVersion).map((parts) => parts.join('.')),
);
const textComparison = fc.tuple(
  fc.constantFrom(...TEXTS, 'platform_version', 'implementation_name'),
  fc.oneof(comparing, containing),
  word,
);
const extraComparison = fc.tuple(
  fc.constant('extra'),
  fc.constantFrom('==', '!='),
  fc.constantFrom('Foo_Bar', 'foo-bar', 'x', '1.0', 'a..b', ''),
);

// With the field on the right its value has to make a specifier, which not every one does.
const isTurnable = (field: string, operator: string, value: string): boolean => {
  return field !== 'platform_release' && operator !== '~=' && (!VERSIONED.includes(field) || isVersion(value));
};
const comparison = fc
  .tuple(
    fc.oneof(versionComparison, releaseComparison, compatible, textComparison, extraComparison),
    fc.boolean(),
    spaced,
  )
  .map(([[field, operator, value], isTurned, space]) => {
    const parts = [field, operator, quoted(value)];
    return (isTurned && isTurnable(field, operator, value) ? parts.reverse() : parts).join(space);
  });
const membership = fc
  .tuple(
    fc.constantFrom('Foo_Bar', 'foo.bar', 'x', 'dev', ''),
    containing,
    fc.constantFrom('extras', 'dependency_groups'),
  )
  .map(([name, operator, field]) => `${quoted(name)} ${operator} ${field}`);
const { marker } = fc.letrec<{ marker: string }>((tie) => ({
  marker: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof({ weight: 5, arbitrary: comparison }, membership),
    fc.tuple(tie('marker'), fc.constantFrom(' and ', ' or ', ' and '), tie('marker')).map((parts) => parts.join('')),
    tie('marker').map((inner) => `(${inner})`),
  ),
}));

const environment: fc.Arbitrary<MarkerEnvironment> = fc.record({
  os_name: fc.constantFrom('posix', 'nt'),
  sys_platform: fc.constantFrom('linux', 'darwin', 'win32'),
  platform_machine: fc.constantFrom('x86_64', 'arm64', 'AMD64'),
  platform_python_implementation: fc.constantFrom('CPython', 'PyPy'),
  platform_release: fc.constantFrom('6.1.0', '6.1.0-13-amd64', '10', '23.4.0', ''),
  platform_system: fc.constantFrom('Linux', 'Darwin', 'Windows'),
  platform_version: fc.constantFrom('#1 SMP', 'Darwin Kernel'),
  python_version: fc.constantFrom('3.13', '3.9', '2.7'),
  python_full_version: fc.constantFrom('3.13.0', '3.13.0rc1', '3.9.18', '3.14.0a1', '2.7.18'),
  implementation_name: fc.constantFrom('cpython', 'pypy', ''),
  implementation_version: fc.constantFrom('3.13.0', '7.3.16', '0', '3.15.0c2'),
  extra: fc.constantFrom('', 'foo-bar', 'Foo.Bar', 'x'),
  extras: fc.subarray(['foo-bar', 'X', 'Dev']),
  dependency_groups: fc.subarray(['dev', 'foo_bar']),
});

describe('as PyPI has it', () => {
  test('evaluates markers', () => {
    const cases = drawn(fc.tuple(marker, environment), RUNS);
    const answers = askPackaging(cases.map(([text, values]): Question => ['marker', text, values, 'lock_file']));
    const ours = cases.map(([text, values]) => attempt(() => evaluateMarker(parseMarker(text), values)));
    expectSame(cases, ours, answers);
    expect(answers.filter((answer) => answer === true).length).toBeGreaterThan(RUNS / 5);
    expect(answers.filter((answer) => answer === false).length).toBeGreaterThan(RUNS / 5);
  });

  test('reads requirements', () => {
    const extras = fc.constantFrom('', '', '[]', '[x]', '[ X_y , z ]', '[x,]', '[-x]');
    const url = fc.constantFrom(' @ https://e.org/a.whl', '@file:///a b', ' @ ../a', ' @');
    const text = fc
      .tuple(
        fc.constantFrom('a', 'A.b_c', ' a ', 'a-', '-a', 'a__b', 'é', ''),
        extras,
        fc.oneof(
          { weight: 3, arbitrary: specifierText },
          specifierText.map((inner) => `(${inner})`),
          url,
        ),
        fc.oneof(
          fc.constant(''),
          marker.map((condition) => `; ${condition}`),
          fc.constantFrom(';', ' ; x', ' #'),
        ),
      )
      .map((parts) => parts.join(''));
    // PyPI takes a name that ends in "_", and in a requirement, if not in a specifier, a comma as a part of what follows
    // "===".
    const differs = (one: string): boolean => /===[^,;)]*,/.test(one) || /^[ \t]*[\w.-]*_(?![\w.-])/.test(one);
    const cases = drawn(fc.oneof({ weight: 5, arbitrary: text }, looseText), RUNS).filter((one) => !differs(one));
    expect(cases.length).toBeGreaterThan(RUNS / 2);
    const answers = askPackaging(cases.map((one): Question => ['requirement', one]));
    const ours = cases.map((one) =>
      attempt(() => {
        const { name, extras, specifiers, url = null, marker } = parseRequirement(one);
        const clauses = specifiers.map(({ operator, text, isPrefix }) => `${operator}${text}${isPrefix ? '.*' : ''}`);
        return [name, [...new Set(extras)].sort(), [...new Set(clauses)].sort(), url, marker !== undefined];
      }),
    );
    expectSame(cases, ours, answers);
  });
});

test('a marker that was formatted is read as the same', () => {
  fc.assert(
    fc.property(marker, (text) => {
      const read = parseMarker(text);
      expect(parseMarker(formatMarker(read))).toEqual(read);
    }),
    { numRuns: 500 },
  );
});

test('a requirement that was formatted is read as the same', () => {
  const texts = [
    'a',
    'A.b[x,y]>=1,!=2.*;os_name=="nt" or (extra == "x" and python_version<"3")',
    'a @ http://e/x ; os_name=="a"',
  ];
  for (const text of texts) {
    const read = parseRequirement(text);
    expect(parseRequirement(formatRequirement(read))).toEqual(read);
  }
});

test('no text makes a parser throw any other error', () => {
  fc.assert(
    fc.property(fc.oneof(looseText, anyText, marker), (text) => {
      for (const parse of [parseMarker, parseRequirement, parseSpecifiers, parseVersion]) {
        const result = attempt(() => parse(text));
        const position = 'position' in result ? Number(result.position) : 0;
        if (position > text.length) throw new Error(`${position} is outside`);
      }
    }),
    { numRuns: 500 },
  );
});

const ENVIRONMENT: MarkerEnvironment = {
  os_name: 'nt',
  sys_platform: 'win32',
  platform_machine: 'AMD64',
  platform_python_implementation: 'CPython',
  platform_release: '11',
  platform_system: 'Windows',
  platform_version: '10.0.22631',
  python_version: '3.13',
  python_full_version: '3.13.0+',
  implementation_name: 'cpython',
  implementation_version: '3.13.0',
};

const holds = (text: string, more: Partial<MarkerEnvironment> = {}): boolean =>
  evaluateMarker(parseMarker(text), { ...ENVIRONMENT, ...more });

describe('where the specification and PyPI differ', () => {
  test('the version of a system is compared as a version where it is one', () => {
    expect(holds('platform_version >= "10.0.17763"')).toBe(true);
    expect(holds('platform_version < "9"')).toBe(false);
    expect(holds('platform_version >= "#1 SMP"')).toBe(false);
  });

  test('compatible and arbitrary equality of texts is equality', () => {
    expect(holds('os_name ~= "nt" and os_name === "nt"')).toBe(true);
    expect(holds('os_name ~= "posix" or os_name === "NT"')).toBe(false);
  });

  test('what is not a version differs from every version', () => {
    const release = { platform_release: '6.1.0-13-amd64' };
    expect(holds('platform_release != "6.1"', release)).toBe(true);
    expect(holds('platform_release == "6.1" or platform_release >= "6.1"', release)).toBe(false);
    expect(holds('"x" != python_version')).toBe(true);
  });

  test('two fields are compared by their values', () => {
    expect(holds('sys_platform == os_name')).toBe(false);
    expect(holds('python_version <= python_full_version')).toBe(true);
  });

  test('the sign of a build from source does not count', () => {
    expect(holds('python_full_version == "3.13.0" and python_full_version === "3.13.0"')).toBe(true);
  });
});

test.each([
  ['many versions', parseSpecifiers, '>=1,', 'x'],
  ['a long version', parseVersion, '1.', 'x'],
  ['a long number', parseVersion, '1', ''],
  ['a long local version', parseVersion, '1+a-', '-'],
  ['a long name', parseRequirement, 'a-', ' ['],
  ['many extras', parseRequirement, 'a[b,', ''],
  ['many conditions', parseMarker, 'os_name == "a" or ', ''],
  ['many parentheses', parseMarker, '(', ''],
  ['a long text', parseMarker, '"a', ''],
])('%s is read in one pass', (_, parse: (text: string) => unknown, part, end) => {
  // Anything that takes more than linear time does not come to an end here.
  expect(attempt(() => parse(part.repeat(20_000) + end))).toHaveProperty('error');
});

test.each([
  ['"a" == "a"', 0, 'compares two constants'],
  ['python_version >= "3" and bogus == "1"', 26, 'there is no field bogus'],
  ['extras == "x"', 0, 'extras can only be used as in'],
  ['"x" == extras', 0, 'extras can only be used as in'],
  ['os_name == "a" or dependency_groups in "x"', 18, 'dependency_groups can only be used as in'],
  ["os_name == 'a\\'b'", 13, "expected a closing '"],
  ['os_name == "a', 13, 'expected a closing "'],
  ['os_name = "a"', 8, 'expected one of <'],
  ['(os_name == "a"', 15, '")"'],
  ['os_name == "a")', 14, 'or the end of the marker'],
  ['', 0, 'expected a field or a quoted text'],
  [`${'('.repeat(101)}os_name == "a"${')'.repeat(101)}`, 100, 'nested more than 100 deep'],
])('%j is refused at position %i', (text, position, message) => {
  const error = caught(() => parseMarker(text));
  expect(error).toBeInstanceOf(ParseError);
  expect(error).toMatchObject({ text, position });
  expect(String(error)).toContain(message);
});

test('a field without a value is an error in any place of a marker', () => {
  expect(() => holds('os_name == "nt" or extra == "x"')).toThrow(UndefinedFieldError);
  expect(() => holds('"x" in extras')).toThrow('the marker names extras, which has no value here');
  expect(holds('"x" in extras', { extras: [] })).toBe(false);
  expect(holds('extra == "x"', { extra: '' })).toBe(false);
});

test('the fields that a marker names are told', () => {
  const marker: Marker = parseMarker('os_name == "nt" and ("x" in extras or "3" < python_version) and os.name == "a"');
  expect([...fieldsOf(marker)]).toEqual(['os_name', 'extras', 'python_version']);
});

function caught(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}
