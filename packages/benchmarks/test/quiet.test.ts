import { expect, test } from 'vitest';
import { driftProblem, loadProblem } from '../src/measure/quiet.ts';

test('a machine on which something else runs is refused', () => {
  expect(loadProblem(0.5, 2)).toBeUndefined();
  expect(loadProblem(0.6, 2)).toMatch(/^the load is 0\.60, and at most 0\.50/);
  expect(loadProblem(0.6, 8)).toBeUndefined();
});

test('two series that differ by a tenth are refused, whichever is slower', () => {
  expect(driftProblem({ before: [40, 41, 90], after: [42, 43, 44] })).toBeUndefined();
  expect(driftProblem({ before: [40, 40, 40], after: [44, 44, 44] })).toMatch(/differ by 10 %$/);
  expect(driftProblem({ before: [50, 50, 50], after: [40, 40, 40] })).toMatch(/50\.0 ms before and 40\.0 ms after/);
});
