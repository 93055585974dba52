import { compare, explain, satisfies, valid } from '@renovatebot/pep440';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareVersions, isAdmitted, isPreRelease, isVersion } from '../src/choose/versions.ts';

const plain = fc.array(fc.nat({ max: 120 }), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.'));
const suffix = fc.constantFrom('', '', '', 'a1', 'b2', 'rc1', '.post1', '.dev3', '+local.1', 'rc1.dev2');
const version = fc
  .tuple(fc.constantFrom('', '', '', '1!', 'v'), plain, suffix)
  .map(([epoch, release, end]) => `${epoch}${release}${end}`);
const text = fc.oneof(version, version, fc.string(), fc.constantFrom('01.2', '1.', '.1', '1..2', ' 1.0', '1.0\n', ''));

test('what is a version, and which are pre-releases, is as the library has it', () => {
  fc.assert(
    fc.property(text, (value) => {
      expect(isVersion(value)).toBe(valid(value) !== null);
      const explained = explain(value);
      expect(isPreRelease(value)).toBe(explained !== null && (explained.is_prerelease || explained.is_devrelease));
    }),
    { numRuns: 2000 },
  );
});

test('versions are in the order that the library has', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(compare(a, b)));
    }),
    { numRuns: 2000 },
  );
});

test('Pythons are admitted as the library has it', () => {
  const bound = fc
    .tuple(fc.constantFrom('>=', '>=', '>', '==', '!=', '~='), fc.integer({ min: 2, max: 4 }), fc.nat({ max: 15 }))
    .map(([operator, major, minor]) => `${operator}${major}.${minor}`);
  const range = fc.array(bound, { minLength: 1, maxLength: 2 }).map((bounds) => bounds.join(','));
  const python = fc.tuple(fc.integer({ min: 2, max: 4 }), fc.nat({ max: 15 }), fc.nat({ max: 20 }));
  fc.assert(
    fc.property(python, range, (numbers, wanted) => {
      expect(isAdmitted(numbers, wanted)).toBe(satisfies(numbers.join('.'), wanted));
    }),
    { numRuns: 2000 },
  );
});
