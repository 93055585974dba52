import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';

export const discovery: Case = {
  name: 'discovery',
  title: 'All Pythons of this machine, nothing remembered and everything remembered',
  measures: ['wall', 'cpu'],
  share: 0.5,
  contenders: async (lab) => [...listing(lab, 'cold'), ...listing(lab, 'warm')],
};

/** Cold has an empty cache in every round, warm the same one in all. */
function listing(lab: Lab, group: 'cold' | 'warm'): readonly Contender[] {
  const kept = lab.newPath();
  const contender = (name: string, argv: (cache: string) => readonly [string, ...string[]]): Contender => ({
    name: `${name}, ${group}`,
    group,
    measure: async () => {
      const cache = group === 'warm' ? `${kept}-${name.split(' ')[0]}` : lab.newPath();
      const sample = await lab.stopwatch.time(lab.command(argv(cache)));
      if (group === 'cold') lab.remove(cache);
      return sample;
    },
  });
  const { uv } = lab.peers;
  return [
    contender('vivarium pythons', (cache) => [...lab.vivarium.command, 'pythons', '--app-data', cache]),
    ...(uv === undefined
      ? []
      : [
          contender('uv python list', (cache) => [
            uv,
            'python',
            'list',
            '--only-installed',
            '--offline',
            '--cache-dir',
            cache,
          ]),
        ]),
  ];
}
