import { basename } from 'node:path';
import type { SeedPackage } from '@vivarium/core/plugin';
import type { SeedWheel } from './resolve-wheels.ts';

/** What is written down of a seed: in the environment, in the plan, and in what `--json` prints. */
export function receiptOf({ name, version, path, sha256, origin }: SeedWheel): SeedPackage {
  return { name, version, wheel: basename(path), sha256, origin };
}
