import { join } from 'node:path';
import type { RunStep } from '@vivarium/core/plugin';
import type { Inspection } from '../inspect/inspection.ts';

const TIME_LIMIT = 60;
const ANSWER = 'started';

// For Python 2.7 as well. The directory that it is in may have two names, and is compared as one.
const SCRIPT = `
import os, sys
prefix = os.path.realpath(sys.prefix)
wanted = os.path.realpath(sys.argv[1])
sys.stdout.write(sys.argv[2][::-1] if prefix == wanted else "its prefix is " + prefix + ", not " + wanted)
`;

/** A step that starts the Python of an environment once, before the environment appears at its place. */
export function startStep({ layout, recorded }: Inspection, destination: string): RunStep {
  // Python 2 has no isolated mode; these two are what it is made of there.
  const isolation = recorded.version?.startsWith('2.') ? ['-E', '-s'] : ['-I'];
  const executable = join(destination, layout.executable);
  const answer = [...ANSWER].reverse().join('');
  return {
    kind: 'run',
    place: 'staging',
    command: [executable, ...isolation, '-B', '-c', SCRIPT, destination, answer],
    purpose: 'start the Python of the environment at its new place',
    answer: ANSWER,
    timeLimit: TIME_LIMIT,
  };
}
