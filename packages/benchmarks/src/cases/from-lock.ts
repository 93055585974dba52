import { join } from 'node:path';
import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { openLibrary, timeHere } from '../lab/library.ts';
import { LISTS, type PackageList } from '../lists/lists.ts';
import { type OpenList, openList } from '../lists/open-list.ts';
import { beyondTheFirst } from '../measure/beyond-the-first.ts';
import { timeAll } from '../measure/stopwatch.ts';
import { type Installer, installers, warmUpInstallers } from '../peers/installers.ts';
import { call } from './call.ts';

/** What is asked of environments with the packages of a list. */
export const fromLock: readonly Case[] = Object.values(LISTS).flatMap((list) => [
  {
    name: `lock-${list.name}`,
    title: `With the packages of a lock, warm: ${list.title}, ${list.requirements.length} packages`,
    measures: ['wall', 'cpu', 'memory'],
    contenders: withList(list, async (lab, open) => {
      const all = installers(lab, open);
      await warmUpInstallers(lab, all);
      return [...all.map((one) => making(lab, one)), ...(await inProcess(lab, open))];
    }),
  } satisfies Case,
  {
    name: `lock-${list.name}-ready`,
    title: `The same, and a Python that imports the packages: ${list.title}`,
    measures: ['wall', 'cpu'],
    share: 0.5,
    contenders: withList(list, async (lab, open) => {
      const all = quickOnes(lab, open);
      await warmUpInstallers(lab, all);
      return all.map((one) => making(lab, one, [`import ${open.imports.join(', ')}`]));
    }),
  } satisfies Case,
  {
    name: `lock-${list.name}-cold`,
    title: `With the packages of a lock, nothing in the cache, files from this machine: ${list.title}`,
    measures: ['wall', 'cpu', 'behind'],
    share: 0.15,
    contenders: withList(list, async (lab, open) =>
      quickOnes(lab, open).map(({ name, create }) => ({
        name,
        measure: async () => {
          const [to, cache] = [lab.newPath(), lab.newPath()];
          const sample = await timeAll(lab.stopwatch, create(to, cache));
          for (const path of [to, cache]) lab.remove(path);
          return sample;
        },
      })),
    ),
  } satisfies Case,
]);

const COUNT = 50;

/** What environments with the same packages take. */
export const lockDisk: Case = {
  name: 'lock-disk',
  title: `Disk that ${COUNT} environments from one lock take beyond the first (du, cache included): ${LISTS.django.title}`,
  measures: ['disk'],
  share: 0,
  contenders: withList(LISTS.django, async (lab, open) =>
    quickOnes(lab, open).map(({ name, create }) => ({
      name,
      measure: async (round) => (round === 0 ? {} : { disk: await beyondTheFirst(lab, { count: COUNT, create }) }),
    })),
  ),
};

// venv and pip take ten seconds and more, and are compared once.
function quickOnes(lab: Lab, open: OpenList): readonly Installer[] {
  return installers(lab, open).filter(({ every }) => every === undefined);
}

function withList(
  list: PackageList,
  contenders: (lab: Lab, open: OpenList) => Promise<readonly Contender[]>,
): Case['contenders'] {
  return async (lab) => {
    // One list shows that all of it runs.
    if (lab.isSmall && list !== LISTS.django) return [];
    const open = await openList(lab, list);
    return open === undefined ? [] : contenders(lab, open);
  };
}

function making(lab: Lab, { name, every, create }: Installer, programs: readonly string[] = []): Contender {
  return {
    name,
    ...(every && { every }),
    measure: async () => {
      const to = lab.newPath();
      const then = programs.map((program) => lab.command([join(to, 'bin/python'), '-c', program]));
      const sample = await timeAll(lab.stopwatch, [...create(to), ...then]);
      lab.remove(to);
      return sample;
    },
  };
}

async function inProcess(lab: Lab, { lock }: OpenList): Promise<readonly Contender[]> {
  const library = await openLibrary(lab);
  const options = { lock, seeder: false } as const;
  const whole = lab.newPath();
  await library.ensure(whole, { ...options, pluginSettings: { compileSeeds: 'now' } });
  return [
    call('createEnvironment({ lock })', lab, (to) => library.create(to, options)),
    {
      name: 'ensureEnvironment({ lock }) of an unchanged one',
      measure: () => timeHere(() => library.ensure(whole, options)),
    },
  ];
}
