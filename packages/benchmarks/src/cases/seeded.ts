import type { Case } from '../case.ts';
import { seedingMakers } from '../peers/makers.ts';
import { making } from './making.ts';
import { nodeItself } from './node.ts';

export const seeded: Case = {
  name: 'seeded',
  title: 'With pip, warm',
  measures: ['wall', 'cpu', 'behind'],
  contenders: async (lab) => [...(await making(lab, seedingMakers(lab))), nodeItself(lab)],
};
