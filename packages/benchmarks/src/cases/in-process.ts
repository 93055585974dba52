import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { type Library, openLibrary, timeHere } from '../lab/library.ts';
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

function call(name: string, lab: Lab, create: Library['create']): Contender {
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
