import { join } from 'node:path';
import type { Case } from '../case.ts';
import { hasStrace, traceCalls } from '../measure/system-calls.ts';
import { bareMakers, seedingMakers, warmUp } from '../peers/makers.ts';

export const counts: Case = {
  name: 'counts',
  title: 'System calls and processes, warm',
  measures: ['calls', 'fileCalls', 'processes', 'parts'],
  share: 0,
  contenders: async (lab) => {
    if (!(await hasStrace())) {
      lab.missing.set('system calls', 'strace is not here or may not trace');
      return [];
    }
    const groups = { 'no packages': bareMakers(lab), 'with pip': seedingMakers(lab) };
    await warmUp(lab, Object.values(groups).flat());
    return Object.entries(groups).flatMap(([group, makers]) =>
      makers.map(({ name, create }) => ({
        name,
        group,
        measure: async () => {
          const to = lab.newPath();
          const { opened, ...counted } = await traceCalls(create(to), join(lab.directory, 'scratch'));
          lab.remove(to);
          const parts = opened.filter((path) => path.includes('/node_modules/') && /\.[cm]?js$/.test(path)).length;
          return name.startsWith('vivarium') ? { ...counted, parts } : counted;
        },
      })),
    );
  },
};
