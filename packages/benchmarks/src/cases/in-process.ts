import type { Case } from '../case.ts';
import { openLibrary, timeHere } from '../lab/library.ts';
import { call } from './call.ts';
import { nodeItself } from './node.ts';

export const inProcess: Case = {
  name: 'in-process',
  title: 'One call of the library in a running Node, warm',
  measures: ['wall', 'cpu'],
  contenders: async (lab) => {
    const library = await openLibrary(lab);
    const whole = lab.newPath();
    await library.ensure(whole);
    return [
      call('createEnvironment()', lab, (to) => library.create(to)),
      call('the same with seeder: false', lab, (to) => library.create(to, { seeder: false })),
      { name: 'ensureEnvironment() of a complete one', measure: () => timeHere(() => library.ensure(whole)) },
      nodeItself(lab),
    ];
  },
};
