import { nodeItself } from '../cases/node.ts';
import type { Lab } from '../lab/lab.ts';
import { spreadOf } from './statistics.ts';

/** How long Node itself took to start, in milliseconds, before and after everything else was measured. */
export interface Reference {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

// Processes that want a processor, for each processor, in the mean of the last minute.
const MAX_LOAD = 0.25;
const MAX_DRIFT = 0.1;
const STARTS = 15;

/** Why figures of this machine would not be those of an idle one, or `undefined`. */
export function loadProblem(load: number, processors: number): string | undefined {
  const limit = MAX_LOAD * processors;
  if (load <= limit) return undefined;
  return `the load is ${load.toFixed(2)}, and at most ${limit.toFixed(2)} on ${processors} processors is quiet enough`;
}

/** Why figures taken between two series of the same command can't be compared, or `undefined`. */
export function driftProblem({ before, after }: Reference): string | undefined {
  const [first, second] = [spreadOf(before).median, spreadOf(after).median];
  const drift = Math.max(first, second) / Math.min(first, second) - 1;
  if (drift < MAX_DRIFT) return undefined;
  const percent = `${Math.round(drift * 100)} %`;
  return `node -e 0 took ${first.toFixed(1)} ms before and ${second.toFixed(1)} ms after: they differ by ${percent}`;
}

/** One series of starts of Node. */
export async function startNode(lab: Lab): Promise<readonly number[]> {
  const node = nodeItself(lab);
  const taken: number[] = [];
  for (let round = 0; round < (lab.isSmall ? 1 : STARTS); round++) taken.push((await node.measure(round)).wall ?? 0);
  return taken;
}
