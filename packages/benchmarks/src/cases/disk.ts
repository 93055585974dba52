import type { Case } from '../case.ts';
import { beyondTheFirst } from '../measure/beyond-the-first.ts';
import { seedingMakers } from '../peers/makers.ts';

const COUNT = 200;
// As many as show what one more takes: each is like the one before it, and takes half a second or several.
const FEWER: Readonly<Record<string, number>> = { virtualenv: 10, 'python -m venv': 3 };

export const disk: Case = {
  name: 'disk',
  title: `Disk that ${COUNT} environments with pip take beyond the first (du, cache included)`,
  measures: ['disk'],
  share: 0,
  contenders: async (lab) =>
    seedingMakers(lab).map(({ name, create }) => {
      const counted = FEWER[name];
      const one = { count: COUNT, counted, create: (to: string, cache: string) => [create(to, cache)] };
      return {
        name: `${name}${counted ? ` (counted on ${counted})` : ''}`,
        measure: async (round) => (round === 0 ? {} : { disk: await beyondTheFirst(lab, one) }),
      };
    }),
};
