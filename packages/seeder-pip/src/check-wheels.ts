import { basename } from 'node:path';
import { readWheel, refuseWheel, type WheelFile } from '@vivarium/wheel-resolver/reading';

/**
 * Checks wheels against their SHA-256 and their own RECORD, which pip doesn't.
 *
 * @throws VivariumError `WHEEL_INVALID`
 */
export function checkWheels(wheels: readonly WheelFile[]): void {
  for (const wheel of new Set(wheels)) {
    try {
      readWheel(wheel);
    } catch (error) {
      throw refuseWheel(basename(wheel.path), error);
    }
  }
}
