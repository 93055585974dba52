import { basename, dirname } from 'node:path';
import { VivariumError } from '@vivarium/core/plugin';
import type { WheelCandidate } from './candidate.ts';
import { loadSeedWheels } from './load-seed-wheels.ts';

/**
 * The error for a wheel of the lock file that is not where it has to be: in the directory that `--seed-wheels` names, or
 * in a bundle, to which no bundler adds it. `undefined` where the package of the wheels was built without them, as in a
 * clone without network: then other wheels serve.
 *
 * @param given the value of `--seed-wheels`
 */
export async function missingWheel(
  { path }: WheelCandidate,
  given: string | undefined,
): Promise<VivariumError | undefined> {
  const file = basename(path);
  if (given !== undefined) {
    return new VivariumError(
      'SEED_WHEELS_NOT_FOUND',
      `The directory ${dirname(path)} of --seed-wheels has no ${file}`,
      {
        source: '--seed-wheels',
        hint: HINT,
      },
    );
  }
  if (!(await loadSeedWheels()).isBundled()) return undefined;
  return new VivariumError('SEED_WHEELS_NOT_FOUND', `The seed wheels are not next to this bundled program (${file})`, {
    hint: HINT,
  });
}

const HINT =
  'Ship them with the program: `vivarium seed-wheels export DIR` when it is built, and `seedWheels: DIR` when it runs. Without packages (--no-seed) none are needed.';
