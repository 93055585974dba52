import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWheel } from '@vivarium/test-utils/make-wheel';
import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { timeAll } from '../measure/stopwatch.ts';
import { bareMakers, seedingMakers, warmUp } from '../peers/makers.ts';
import { everyFor } from './making.ts';

export const readyToWork: Case = {
  name: 'ready-to-work',
  title: 'Make it, ask `pip --version`, install a wheel from disk',
  measures: ['wall', 'cpu', 'behind'],
  contenders: async (lab) => {
    const wheel = writeWheel(lab);
    await warmUp(lab, seedingMakers(lab));
    const withPip = seedingMakers(lab).map(
      ({ name, create }): Contender => ({
        name,
        every: everyFor(name),
        measure: async () => {
          const to = lab.newPath();
          const python = join(to, 'bin/python');
          const sample = await timeAll(lab.stopwatch, [
            create(to),
            lab.command([python, '-m', 'pip', '--version']),
            lab.command([python, '-m', 'pip', 'install', '--no-index', wheel]),
          ]);
          lab.remove(to);
          return sample;
        },
      }),
    );
    return [...withPip, ...ownInstaller(lab, wheel)];
  },
};

/** uv needs no pip in the environment. */
function ownInstaller(lab: Lab, wheel: string): readonly Contender[] {
  const { uv } = lab.peers;
  const maker = bareMakers(lab).find(({ name }) => name === 'uv venv');
  if (uv === undefined || maker === undefined) return [];
  return [
    {
      name: 'uv venv, uv pip install',
      measure: async () => {
        const to = lab.newPath();
        const sample = await timeAll(lab.stopwatch, [
          maker.create(to),
          lab.command([uv, 'pip', 'install', '--python', join(to, 'bin/python'), '--no-index', wheel]),
        ]);
        lab.remove(to);
        return sample;
      },
    },
  ];
}

function writeWheel(lab: Lab): string {
  const { file, bytes } = makeWheel({ name: 'greeter', version: '1.0' });
  const path = join(lab.directory, file);
  writeFileSync(path, bytes);
  return path;
}
