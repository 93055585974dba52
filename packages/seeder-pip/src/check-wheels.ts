import { basename } from 'node:path';
import { inSlices } from '@vivarium/core/internal';
import type { Pause } from '@vivarium/core/plugin';
import { readWheel, refuseWheel, type WheelFile } from '@vivarium/wheel-resolver/reading';

/**
 * Checks wheels against their SHA-256 and their own RECORD, which pip doesn't.
 *
 * @throws VivariumError `WHEEL_INVALID`
 */
export async function checkWheels(wheels: readonly WheelFile[], pause: Pause | undefined): Promise<void> {
  for (const wheel of new Set(wheels)) {
    try {
      await inSlices(readWheel(wheel), pause);
    } catch (error) {
      throw refuseWheel(basename(wheel.path), error);
    }
  }
}
