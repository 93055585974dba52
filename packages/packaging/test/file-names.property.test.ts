import {
  chooseWheel,
  formatVersion,
  isNormalizedName,
  isValidName,
  normalizeName,
  parseSdistFileName,
  parseWheelFileName,
} from '@vivarium/packaging';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText, version } from './arbitraries.ts';
import { attempt } from './attempt.ts';
import { drawn, expectSame } from './expect-same.ts';
import { askPackaging, type Question } from './reference.ts';

const RUNS = 2000;

const project = fc.constantFrom('foo', 'Foo.Bar', 'foo_bar', 'a1', 'foo__bar', 'foo-bar', 'fo o', '');
const inFile = version.map((text) => text.replaceAll('-', '_'));
const build = fc.constantFrom('', '', '-1', '-01_x', '-10a', '-x', '-', '-1-2', '-9007199254740993');
const python = fc.constantFrom('py3', 'py2.py3', 'cp313', 'CP313', 'py3.', '');
const abi = fc.constantFrom('none', 'abi3', 'abi3.abi3t', 'cp313', '');
const platform = fc.constantFrom('any', 'manylinux_2_17_x86_64.manylinux2014_x86_64', 'win_amd64', 'a.any', '');
const wheelFile = fc
  .tuple(project, inFile, build, python, abi, platform, fc.constantFrom('.whl', '.whl', '.whl', '.WHL', '.zip'))
  .map(([name, number, tag, ...rest]) => `${name}-${number}${tag}-${rest.slice(0, 3).join('-')}${rest[3]}`);
const sdistFile = fc
  .tuple(project, inFile, fc.constantFrom('.tar.gz', '.tar.gz', '.zip', '.tgz', '.tar.bz2'))
  .map(([name, number, ending]) => `${name}-${number}${ending}`);

describe('as PyPI has it', () => {
  test('takes names of wheels apart', () => {
    const files = drawn(wheelFile, RUNS);
    const answers = askPackaging(files.map((file): Question => ['wheel', file]));
    const ours = files.map((file) =>
      attempt(() => {
        const { name, version, build = [], tags } = parseWheelFileName(file);
        return [name, formatVersion(version), build.map(String), [...tags].sort()];
      }),
    );
    expectSame(files, ours, answers);
  });

  test('takes names of source distributions apart', () => {
    // Only here are names checked: PyPI takes "fo o".
    const files = drawn(sdistFile, RUNS).filter((file) => !file.includes(' '));
    const answers = askPackaging(files.map((file): Question => ['sdist', file]));
    const ours = files.map((file) =>
      attempt(() => {
        const { name, version } = parseSdistFileName(file);
        return [name, formatVersion(version)];
      }),
    );
    expectSame(files, ours, answers);
  });
});

test('no text makes a parser throw any other error', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, wheelFile, sdistFile), (text) => {
      for (const parse of [parseWheelFileName, parseSdistFileName]) {
        const result = attempt(() => parse(text));
        const position = 'position' in result ? Number(result.position) : 0;
        if (position > text.length) throw new Error(`${position} is outside`);
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['../foo-1.0-py3-none-any.whl', '"../foo" is not a name of a project'],
  ['foo-1.0-py3-none.whl', 'five or six parts, this one has 4'],
  ['foo-one-py3-none-any.whl', '"one" is not a version'],
  ['foo-1.0-b1-py3-none-any.whl', 'a build tag begins with a digit'],
  ['foo-1.0-py3-none-any.whl.metadata', 'ends in .whl'],
  ['foo-1.0-py3-none-any.WHL', 'ends in .whl'],
  [`foo-1.0-${'a.'.repeat(999)}a-${'b.'.repeat(999)}b-any.whl`, 'more than 1000 tags'],
])('%s is not a wheel', (file, message) => {
  expect(() => parseWheelFileName(file)).toThrow(message);
});

test('names are compared in their normalized form', () => {
  expect(['Foo..__--Bar', 'foo', 'zope.interface'].map(normalizeName)).toEqual(['foo-bar', 'foo', 'zope-interface']);
  expect(['foo-bar', 'foo_bar', 'Foo', '-', ''].map(isNormalizedName)).toEqual([true, false, false, false, false]);
  expect(['Foo..Bar', 'a', '-a', 'a-', 'é', 'a\n'].map(isValidName)).toEqual([true, true, false, false, false, false]);
});

describe('the choice of a wheel', () => {
  const tags = ['cp313-cp313-linux_x86_64', 'cp313-abi3-linux_x86_64', 'py3-none-any'];

  test('takes the earliest tag', () => {
    const files = ['a-1-py3-none-any.whl', 'a-1-cp311.cp313-abi3-linux_x86_64.whl', 'a-1-cp39-cp39-win32.whl'];
    expect(chooseWheel(files, tags)).toMatchObject({ index: 1, tag: 'cp313-abi3-linux_x86_64' });
  });

  test('takes the highest build of one tag, in the order of numbers', () => {
    const files = [
      'a-1-py3-none-any.whl',
      'a-1-9b-py3-none-any.whl',
      'a-1-10-py3-none-any.whl',
      'a-1-10-py3-none-any.whl',
    ];
    expect(chooseWheel(files, tags)?.index).toBe(2);
  });

  test('takes none that does not fit', () => {
    expect(chooseWheel(['a-1-cp312-cp312-linux_x86_64.whl'], tags)).toBeUndefined();
  });
});
