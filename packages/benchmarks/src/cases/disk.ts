import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from '../case.ts';
import type { Lab } from '../lab/lab.ts';
import { diskUsage } from '../measure/disk-usage.ts';
import { type Maker, seedingMakers } from '../peers/makers.ts';

const COUNT = 200;
// As many as show what one more takes: each is like the one before it, and takes half a second or several.
const FEWER: Readonly<Record<string, number>> = { virtualenv: 10, 'python -m venv': 3 };

export const disk: Case = {
  name: 'disk',
  title: `Disk that ${COUNT} environments with pip take beyond the first (du, cache included)`,
  measures: ['disk'],
  share: 0,
  contenders: async (lab) =>
    seedingMakers(lab).map((maker) => ({
      name: `${maker.name}${FEWER[maker.name] ? ` (counted on ${FEWER[maker.name]})` : ''}`,
      measure: async (round) => (round === 0 ? {} : { disk: await beyondTheFirst(lab, maker) }),
    })),
};

async function beyondTheFirst(lab: Lab, maker: Maker): Promise<number> {
  const [directory, cache] = [lab.newPath(), lab.newPath()];
  for (const path of [directory, cache]) mkdirSync(path);
  const count = lab.isSmall ? 2 : (FEWER[maker.name] ?? COUNT);
  // The second is created with what the first has left behind in the cache.
  for (let number = 0; number < 2; number++)
    await lab.stopwatch.time(maker.create(join(directory, `${number}`), cache));
  lab.remove(join(directory, '0'));
  const first = await diskUsage(directory, cache);
  for (let number = 2; number <= count; number++) {
    await lab.stopwatch.time(maker.create(join(directory, `${number}`), cache));
  }
  const all = await diskUsage(directory, cache);
  for (const path of [directory, cache]) lab.remove(path);
  return ((all - first) / (count - 1)) * (COUNT - 1);
}
