import fc from 'fast-check';
import { expect } from 'vitest';

/** Values of an arbitrary: the same in each run of the tests, and others in `npm run test:fuzz`. */
export function drawn<T>(arbitrary: fc.Arbitrary<T>, numRuns: number): readonly T[] {
  return fc.sample(arbitrary, process.env.VIVARIUM_FUZZ === 'true' ? numRuns : { numRuns, seed: 1 });
}

/** Compares answers one by one, where every refusal is like another, and shows the cases in which they differ. */
export function expectSame(cases: readonly unknown[], ours: readonly unknown[], theirs: readonly unknown[]): void {
  expect(theirs).toHaveLength(cases.length);
  const differing = cases.flatMap((input, index) => {
    const [own, their] = [ours[index], theirs[index]].map(withoutNames);
    return JSON.stringify(own) === JSON.stringify(their) ? [] : [{ input, own, their }];
  });
  expect(differing).toEqual([]);
}

function withoutNames(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'error' in answer ? 'refused' : answer;
}
