import { execFileSync } from 'node:child_process';
import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { anyPython, type Python } from '@vivarium/test-utils/pythons';

/** A question to PyPI's `packaging`: the name of a function in `reference.py`, and its arguments. */
export type Question = readonly [kind: string, ...args: unknown[]];

/** The wheel of PyPI's `packaging` that is among the seeds; Python imports it as it is. */
const WHEEL = wheelOf('packaging');

/** Asks `packaging` everything at once, in one process of the newest Python or of the one that is named. */
export function askPackaging(questions: readonly Question[], executable = anyPython().executable): readonly unknown[] {
  const script = fileURLToPath(new URL('reference.py', import.meta.url));
  const output = execFileSync(executable, ['-I', script, WHEEL], {
    input: JSON.stringify(questions),
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  return JSON.parse(output);
}

/** What `facts.py` prints. */
export interface Facts {
  readonly implementation: string;
  readonly version: readonly [number, number, number, string, number];
  readonly config: Readonly<Record<string, string | number | null>>;
  /** `sysconfig.get_platform()`. */
  readonly platform: string;
  /** `glibc 2.36`. */
  readonly libc: string | null;
  readonly maxunicode: number;
  readonly machine: string;
  readonly release: string;
  readonly system: string;
  readonly systemVersion: string;
}

export function factsOf({ executable }: Python): Facts {
  const script = readFileSync(new URL('facts.py', import.meta.url), 'utf8');
  return JSON.parse(execFileSync(executable, ['-c', script], { encoding: 'utf8' }));
}

function wheelOf(project: string): string {
  const directory = fileURLToPath(new URL('../../seed-wheels/wheels/', import.meta.url));
  const names = readdirSync(directory).filter((name) => name.startsWith(`${project}-`));
  const path = `${directory}${names.sort().at(-1)}`;
  accessSync(path, constants.R_OK);
  return path;
}
