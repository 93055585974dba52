import { resolve } from 'node:path';
import { type Run, VivariumError } from '@vivarium/core/host';
import { namePython } from './name-python.ts';

/** One environment to be created. */
export interface Target {
  readonly destination: string;
  /** In order of preference. */
  readonly specs: readonly string[];
}

const PLACEHOLDER = '{python}';

/** Whether a destination stands for one environment or for one of each Python. */
export function isForEachPython(destination: string): boolean {
  return destination.includes(PLACEHOLDER);
}

/** The environments that a destination stands for, made with some specs. */
export async function targetsOf(destination: string, specs: readonly string[], run: Run): Promise<readonly Target[]> {
  if (!isForEachPython(destination)) return [{ destination, specs }];
  const wanted = specs.length === 0 ? [[]] : specs.map((spec) => [spec]);
  return Promise.all(
    wanted.map(async (one) => {
      const name = namePython(await run.find(one));
      return { destination: destination.replaceAll(PLACEHOLDER, name), specs: one };
    }),
  );
}

/** @throws VivariumError `DESTINATION_DUPLICATE` (exit code 2) */
export function assertDifferent(targets: readonly Target[], cwd: string): void {
  const seen = new Set<string>();
  for (const { destination } of targets) {
    const path = resolve(cwd, destination);
    if (seen.has(path)) {
      throw new VivariumError('DESTINATION_DUPLICATE', `Two environments are to be created at ${path}`, {
        hint: `Give each a destination of its own; with several -p, \`${PLACEHOLDER}\` in it stands for the Python.`,
      });
    }
    seen.add(path);
  }
}
