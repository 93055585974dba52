import type { Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { type Maker, warmUp } from '../peers/makers.ts';

// Three seconds and more for each environment.
const SLOW = new Set(['python -m venv']);

/** Contenders that create an environment in each round, with caches that were filled before. */
export async function making(lab: Lab, makers: readonly Maker[]): Promise<readonly Contender[]> {
  await warmUp(lab, makers);
  return makers.map(({ name, create }) => ({
    name,
    every: everyFor(name),
    measure: async () => {
      const to = lab.newPath();
      const sample = await lab.stopwatch.time(create(to));
      lab.remove(to);
      return sample;
    },
  }));
}

/** How often a maker takes part, so that a run ends in ten minutes. */
export function everyFor(name: string): number {
  return SLOW.has(name) ? 4 : 1;
}
