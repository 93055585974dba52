import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Lab } from '../lab/lab.ts';
import { diskUsage } from './disk-usage.ts';
import { type Command, timeAll } from './stopwatch.ts';

/** Environments that are created the same way, one after the other. */
interface Environments {
  /** How many are meant. */
  readonly count: number;
  /** How many are created, where each takes long: each is like the one before it. @default count */
  readonly counted?: number | undefined;
  /** The commands that create one. */
  create(destination: string, cache: string): readonly Command[];
}

/** What environments take beyond the first, in kilobytes, the cache included. */
export async function beyondTheFirst(lab: Lab, { count, counted = count, create }: Environments): Promise<number> {
  const [directory, cache] = [lab.newPath(), lab.newPath()];
  for (const path of [directory, cache]) mkdirSync(path);
  const created = lab.isSmall ? 2 : counted;
  const createNext = (number: number) => timeAll(lab.stopwatch, create(join(directory, `${number}`), cache));
  // The second is created with what the first has left behind in the cache.
  for (let number = 0; number < 2; number++) await createNext(number);
  lab.remove(join(directory, '0'));
  const first = await diskUsage(directory, cache);
  for (let number = 2; number <= created; number++) await createNext(number);
  const all = await diskUsage(directory, cache);
  for (const path of [directory, cache]) lab.remove(path);
  return ((all - first) / (created - 1)) * (count - 1);
}
