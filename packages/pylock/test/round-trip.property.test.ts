import { formatPylock, LockError, parsePylock, parseRequirements } from '@vivarium/pylock';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText, pylock } from './arbitraries.ts';

test('a lock that was written is read as the same', () => {
  fc.assert(
    fc.property(pylock, (lock) => {
      const text = formatPylock(lock);
      const { origin, ...read } = parsePylock(text).lock;
      expect(read).toEqual(lock);
      expect(origin?.text).toBe(text);
      expect(formatPylock(read)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

const mutation = fc
  .tuple(pylock, fc.nat(), fc.nat({ max: 12 }), fc.constantFrom('', '"', '=', '[', ']', '{', '\n', '0', '\\', '#', 'x'))
  .map(([lock, at, length, put]) => {
    const text = formatPylock(lock);
    const position = at % (text.length + 1);
    return text.slice(0, position) + put + text.slice(position + length);
  });

test('no document makes the reader throw any other error, and every error but of syntax has a place', () => {
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 5, arbitrary: mutation }, anyText), (text) => {
      try {
        parsePylock(text);
      } catch (error) {
        if (!(error instanceof LockError)) throw error;
        if (error.line === undefined || error.line > text.split('\n').length) throw error;
        refused += 1;
      }
    }),
    { numRuns: 500 },
  );
  expect(refused).toBeGreaterThan(150);
});

test('no bytes make the reader throw any other error', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      for (const read of [parsePylock, parseRequirements]) {
        try {
          read(bytes);
        } catch (error) {
          if (!(error instanceof LockError)) throw error;
        }
      }
    }),
  );
});

test.each([
  ['nested arrays', '['],
  ['nested tables', '{a='],
  ['an open string', '"'],
  ['keys', 'a.'],
  ['tables', '[a]\n'],
  ['comments', '#\n'],
])('%s without end come to an end', (_, part) => {
  expect(() => parsePylock(`x = ${part.repeat(50_000)}`)).toThrow(LockError);
});
