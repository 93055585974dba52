import type { Case } from '../case.ts';
import { bareMakers } from '../peers/makers.ts';
import { making } from './making.ts';
import { nodeItself } from './node.ts';

export const noSeed: Case = {
  name: 'no-seed',
  title: 'No packages, warm',
  measures: ['wall', 'cpu', 'behind'],
  contenders: async (lab) => [...(await making(lab, bareMakers(lab))), nodeItself(lab)],
};
