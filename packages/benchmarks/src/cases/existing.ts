import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { openLibrary } from '../lab/library.ts';

export const existing: Case = {
  name: 'existing',
  title: 'Looking at what is there already',
  measures: ['wall', 'cpu'],
  share: 0.25,
  contenders: async (lab) => {
    const directories = emptyDirectories(lab, lab.isSmall ? 10 : 100_000);
    const environments = await manyEnvironments(lab, lab.isSmall ? 2 : 1000);
    return [
      command(lab, `vivarium list, ${directories.count} directories`, ['list', directories.path]),
      command(lab, `vivarium list, ${environments.count} environments`, ['list', environments.path]),
      command(lab, `vivarium list --size, ${environments.count} environments`, ['list', '--size', environments.path]),
      command(lab, `vivarium doctor, ${environments.count} environments`, ['doctor', ...environments.all]),
    ];
  },
};

interface Many {
  readonly path: string;
  readonly count: number;
}

function emptyDirectories(lab: Lab, count: number): Many {
  const path = lab.newPath();
  const perDirectory = Math.ceil(Math.sqrt(count));
  let made = 0;
  for (let outer = 0; made < count; outer += 1) {
    mkdirSync(join(path, `${outer}`), { recursive: true });
    made += 1;
    for (let inner = 0; inner < perDirectory - 1 && made < count; inner += 1) {
      mkdirSync(join(path, `${outer}`, `${inner}`));
      made += 1;
    }
  }
  return { path, count };
}

async function manyEnvironments(lab: Lab, count: number): Promise<Many & { readonly all: readonly string[] }> {
  const path = lab.newPath();
  mkdirSync(path);
  const library = await openLibrary(lab);
  const all = Array.from({ length: count }, (_, number) => join(path, `${number}`));
  for (const destination of all) await library.create(destination);
  return { path, count, all };
}

function command(lab: Lab, name: string, words: readonly string[]): Contender {
  return { name, measure: () => lab.stopwatch.time(lab.command([...lab.vivarium.command, ...words])) };
}
