import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { openLibrary, timeHere } from '../lab/library.ts';
import type { Sample } from '../measure/sample.ts';
import { timeAll } from '../measure/stopwatch.ts';
import { seedingMakers, warmUp } from '../peers/makers.ts';

const COUNT = 20;
const SMALL_COUNT = 2;

export const several: Case = {
  name: 'several',
  title: `${COUNT} environments with pip, warm, for each`,
  measures: ['wall', 'cpu'],
  share: 0.25,
  contenders: async (lab) => {
    const makers = seedingMakers(lab).filter(({ name }) => name !== 'python -m venv');
    await warmUp(lab, makers);
    const library = await openLibrary(lab);
    return [
      ...(await inOneCommand(lab)),
      making(lab, 'createEnvironment(), one process', (paths) =>
        timeHere(async () => {
          for (const to of paths) await library.create(to);
        }),
      ),
      ...makers.map(({ name, create }) =>
        making(lab, `${name}, ${COUNT} commands`, (paths) =>
          timeAll(
            lab.stopwatch,
            paths.map((to) => create(to)),
          ),
        ),
      ),
    ];
  },
};

function making(lab: Lab, name: string, work: (paths: readonly string[]) => Promise<Sample>): Contender {
  return {
    name,
    measure: async () => {
      const count = lab.isSmall ? SMALL_COUNT : COUNT;
      const paths = Array.from({ length: count }, lab.newPath);
      const { wall = 0, cpu = 0 } = await work(paths);
      for (const path of paths) lab.remove(path);
      return { wall: wall / count, cpu: cpu / count };
    },
  };
}

/** Several destinations in one command. */
async function inOneCommand(lab: Lab): Promise<readonly Contender[]> {
  const command = (...words: readonly string[]) =>
    lab.command([...lab.vivarium.command, 'create', '-p', lab.python, ...words]);
  try {
    await lab.stopwatch.time(command('--no-seed', '--dry-run', lab.newPath(), lab.newPath()));
  } catch {
    lab.missing.set('vivarium create, one command', 'it takes one destination');
    return [];
  }
  return [making(lab, 'vivarium create, one command', (paths) => lab.stopwatch.time(command(...paths)))];
}
