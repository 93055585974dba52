import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Case, Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { openLibrary, timeHere } from '../lab/library.ts';

export const growth: Case = {
  name: 'growth',
  title: 'What one environment takes as the work grows',
  measures: ['wall', 'cpu'],
  share: 0.25,
  contenders: async (lab) => [...(await environments(lab)), ...(await interpreters(lab)), ...(await images(lab))],
};

/** One after the other in one process, and none taken away before the last is created. */
async function environments(lab: Lab): Promise<readonly Contender[]> {
  const library = await openLibrary(lab);
  return (lab.isSmall ? [1, 2] : [1, 10, 100, 1000]).map((count) => ({
    name: count === 1 ? 'one environment' : `${count} environments, for each`,
    group: 'environments, by createEnvironment()',
    // A minute for the last, and again as much to take them away.
    every: count === 1000 ? 1_000_000 : 1,
    measure: async (round) => {
      if (round === 0) return {};
      const directory = lab.newPath();
      mkdirSync(directory);
      const { wall, cpu } = await timeHere(async () => {
        for (let number = 0; number < count; number++) await library.create(join(directory, `${number}`));
      });
      lab.remove(directory);
      return { wall: wall / count, cpu: cpu / count };
    },
  }));
}

/** The one that is asked for is the first on PATH; the others were met before and are not asked for. */
async function interpreters(lab: Lab): Promise<readonly Contender[]> {
  return [1, 50].map((count) => {
    const directories = Array.from({ length: count }, lab.newPath);
    for (const directory of directories) {
      mkdirSync(directory);
      symlinkSync(lab.python, join(directory, 'python3'));
    }
    return making(lab, `${count} on PATH`, {
      group: 'interpreters, by `create --no-seed`',
      options: ['--no-seed', '-p', 'python3'],
      env: { ...lab.env, PATH: directories.join(delimiter) },
    });
  });
}

/** Images of packages and their byte code that this environment has no use for. */
async function images(lab: Lab): Promise<readonly Contender[]> {
  const contenders: Contender[] = [];
  for (const count of [1, 1000]) {
    const cache = lab.newPath();
    const options = ['--app-data', cache, '-p', lab.python];
    const to = lab.newPath();
    await lab.stopwatch.time(lab.command([...lab.vivarium.command, 'create', ...options, '--compile-seeds=now', to]));
    lab.remove(to);
    if (count > 1) addImages(cache, lab.isSmall ? 2 : count);
    contenders.push(making(lab, `${count} in the cache`, { group: 'images, by `create`', options, env: lab.env }));
  }
  return contenders;
}

/** Copies of the manifest of a real one, under names of their own. */
function addImages(cache: string, count: number): void {
  for (const kind of ['images', 'compiled']) {
    for (const format of readdirSync(join(cache, kind))) {
      const directory = join(cache, kind, format);
      const [real] = readdirSync(directory);
      if (real === undefined) continue;
      for (let number = 0; number < count; number++) {
        const image = join(directory, `other-1.${number}-${real.split('-').slice(2).join('-')}`);
        mkdirSync(join(image, 'tree'), { recursive: true });
        cpSync(join(directory, real, 'manifest.json'), join(image, 'manifest.json'));
      }
    }
  }
}

interface Making {
  readonly group: string;
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

function making(lab: Lab, name: string, { group, options, env }: Making): Contender {
  return {
    name,
    group,
    measure: async () => {
      const to = lab.newPath();
      const sample = await lab.stopwatch.time(
        lab.command([...lab.vivarium.command, 'create', ...options, to], { env }),
      );
      lab.remove(to);
      return sample;
    },
  };
}
