import type { Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { timeHere } from '../lab/library.ts';

/** A call of the library that creates an environment, in this process. */
export function call(name: string, lab: Lab, create: (destination: string) => Promise<unknown>): Contender {
  return {
    name,
    measure: async () => {
      const to = lab.newPath();
      const sample = await timeHere(() => create(to));
      lab.remove(to);
      return sample;
    },
  };
}
