import type { Case } from '../case.ts';
import { seedingMakers } from '../peers/makers.ts';
import { everyFor } from './making.ts';

export const coldCache: Case = {
  name: 'cold-cache',
  title: 'With pip, nothing in the cache (uv downloads pip, the others bring it)',
  measures: ['wall', 'cpu', 'behind'],
  contenders: async (lab) =>
    seedingMakers(lab).map(({ name, create }) => ({
      name,
      every: everyFor(name),
      measure: async () => {
        const [to, cache] = [lab.newPath(), lab.newPath()];
        const sample = await lab.stopwatch.time(create(to, cache));
        lab.remove(to);
        lab.remove(cache);
        return sample;
      },
    })),
};
