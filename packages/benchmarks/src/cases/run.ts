import { join } from 'node:path';
import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { nodeItself } from './node.ts';

export const run: Case = {
  name: 'run',
  title: 'A command, started by itself and by `vivarium run`',
  measures: ['wall', 'cpu'],
  contenders: async (lab) => {
    const environment = lab.newPath();
    await lab.stopwatch.time(
      lab.command([...lab.vivarium.command, 'create', '--no-seed', '-p', lab.python, environment]),
    );
    const python = join(environment, 'bin/python');
    return [
      starting(lab, 'python -c 0', [python, '-c', '0']),
      starting(lab, 'vivarium run ENV -- python -c 0', [
        ...lab.vivarium.command,
        ...['run', environment, '--', 'python', '-c', '0'],
      ]),
      nodeItself(lab),
    ];
  },
};

function starting(lab: Lab, name: string, argv: readonly [string, ...string[]]): Contender {
  return { name, measure: () => lab.stopwatch.time(lab.command(argv)) };
}
