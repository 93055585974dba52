import type { LockedWheel } from '@vivarium/seed-wheels';
import { compareVersions, isAdmitted } from '../choose/versions.ts';
import { loadSeedWheels } from './load-seed-wheels.ts';

export type { LockedWheel } from '@vivarium/seed-wheels';

// Enough to choose a wheel by: whatever wants a patch version wants none as high as this.
const LAST_MICRO = 99;

/** Wheels of the lock file, and where they are. */
export interface ShippedWheels {
  readonly wheels: readonly LockedWheel[];
  /** Absolute. */
  readonly directory: string;
}

/**
 * The wheels of the lock file that environments of some Pythons can be given: for each of them the newest of each name,
 * also of those that it gets only when a user asks.
 *
 * @param pythons minor versions, `3.12`. @default all
 * @throws VivariumError `SEED_WHEELS_NOT_INSTALLED`
 */
export async function wheelsFor(pythons: readonly string[] | undefined): Promise<ShippedWheels> {
  const { lockedWheels, wheelsDirectory } = await loadSeedWheels();
  const chosen =
    pythons === undefined ? lockedWheels : lockedWheels.filter((wheel) => pythons.some(isNewestFor(wheel)));
  return { wheels: chosen, directory: wheelsDirectory };

  function isNewestFor({ name, version }: LockedWheel): (python: string) => boolean {
    return (python) => {
      const [major = 0, minor = 0] = python.split('.').map(Number);
      const [newest] = lockedWheels
        .filter((wheel) => wheel.name === name && isAdmitted([major, minor, LAST_MICRO], wheel.python))
        .sort((a, b) => compareVersions(b.version, a.version));
      return newest?.version === version;
    };
  }
}
