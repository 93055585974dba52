import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ratioOf, spreadOf } from '../src/measure/statistics.ts';

test('the middle of an even number of values is between two of them', () => {
  expect(spreadOf([4, 1, 3, 2])).toEqual({ median: 2.5, low: 1.75, high: 3.25 });
});

test('a spread is in order and within the values, whatever they are', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
      const { low, median, high } = spreadOf(values);
      expect([Math.min(...values), low, median, high, Math.max(...values)]).toSatisfy((all: number[]) =>
        all.every((value, at) => at === 0 || value >= (all[at - 1] ?? 0) - 1e-6),
      );
    }),
  );
});

test('ratios are taken round by round, so that a slow round does not count', () => {
  const ours = new Map([
    [1, 10],
    [2, 1000],
    [3, 10],
  ]);
  const theirs = new Map([
    [1, 30],
    [2, 3000],
    [4, 7],
  ]);
  expect(ratioOf(theirs, ours)).toEqual({ median: 3, low: 3, high: 3 });
  expect(ratioOf(new Map([[9, 1]]), ours)).toBeUndefined();
});
