import {
  canonicalizeVersion,
  compareVersions,
  filterVersions,
  formatPublicVersion,
  formatSpecifiers,
  formatVersion,
  isPreRelease,
  parseSpecifiers,
  parseVersion,
  satisfies,
} from '@vivarium/packaging';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clause, looseText, specifierText, version } from './arbitraries.ts';
import { attempt } from './attempt.ts';
import { drawn, expectSame } from './expect-same.ts';
import { askPackaging, type Question } from './reference.ts';

const RUNS = 3000;

describe('as PyPI has it', () => {
  test('reads, normalizes and classifies versions', () => {
    const texts = drawn(fc.oneof({ weight: 4, arbitrary: version }, looseText), RUNS);
    const answers = askPackaging(texts.map((text): Question => ['version', text]));
    const ours = texts.map((text) =>
      attempt(() => {
        const read = parseVersion(text);
        return [formatVersion(read), canonicalizeVersion(text), formatPublicVersion(read), isPreRelease(read)];
      }),
    );
    expectSame(texts, ours, answers);
  });

  test('orders versions', () => {
    const pairs = drawn(fc.tuple(version, version), RUNS);
    const answers = askPackaging(pairs.map((pair): Question => ['compare', ...pair]));
    const ours = pairs.map(([a, b]) => Math.sign(compareVersions(parseVersion(a), parseVersion(b))));
    expectSame(pairs, ours, answers);
  });

  test('reads specifiers', () => {
    const texts = drawn(fc.oneof({ weight: 4, arbitrary: specifierText }, looseText), RUNS);
    const answers = askPackaging(texts.map((text): Question => ['specifiers', text]));
    const ours = texts.map((text) =>
      attempt(() => [...new Set(parseSpecifiers(text).map((one) => formatSpecifiers([one])))].sort()),
    );
    const spelled = answers.map((answer) => (Array.isArray(answer) ? [...new Set(answer)].sort() : answer));
    expectSame(texts, ours, spelled);
  });

  test('decides which version satisfies which specifier', () => {
    const cases = drawn(
      fc.tuple(specifierText, fc.oneof(version, fc.constantFrom('x', '')), fc.constantFrom(null, true, false)),
      2 * RUNS,
    );
    const answers = askPackaging(cases.map((one): Question => ['satisfies', ...one]));
    const ours = cases.map(([specifiers, candidate, prereleases]) =>
      attempt(() => satisfies(candidate, specifiers, prereleases === null ? {} : { prereleases })),
    );
    expectSame(cases, ours, answers);
  });

  test('chooses among versions', () => {
    const cases = drawn(
      fc.tuple(clause, fc.array(version, { maxLength: 6 }), fc.constantFrom(null, true, false)),
      RUNS,
    );
    const answers = askPackaging(cases.map((one): Question => ['choose', ...one]));
    const ours = cases.map(([specifiers, candidates, prereleases]) =>
      attempt(() => filterVersions(candidates, specifiers, prereleases === null ? {} : { prereleases })),
    );
    expectSame(cases, ours, answers);
  });
});

test('a version that was formatted is read as the same', () => {
  fc.assert(
    fc.property(version, (text) => {
      const read = parseVersion(text);
      expect(parseVersion(formatVersion(read))).toEqual(read);
    }),
  );
});

test('numbers beyond those that JavaScript holds exactly are kept', () => {
  const version = parseVersion('1.20240101123456789012.0+00000000000000000000007');
  expect(version.release).toEqual([1, 20240101123456789012n, 0]);
  expect(formatVersion(version)).toBe('1.20240101123456789012.0+7');
  expect(compareVersions(version, parseVersion('1.20240101123456789013'))).toBe(-1);
  expect(satisfies('1.20240101123456789013', '>1.20240101123456789012')).toBe(true);
});
