import type { Contender } from '../case.ts';
import type { Lab } from '../lab/lab.ts';

/** What a command that is written for Node can't be faster than. */
export function nodeItself(lab: Lab): Contender {
  return { name: 'node -e 0', measure: () => lab.stopwatch.time(lab.command([process.execPath, '-e', '0'])) };
}
