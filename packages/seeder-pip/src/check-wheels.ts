import { basename } from 'node:path';
import type { SeedWheel } from '@vivarium/wheel-resolver';
import { readWheel, refuseWheel } from '@vivarium/wheel-resolver/reading';

/**
 * Checks wheels against their SHA-256 and their own RECORD, which pip doesn't.
 *
 * @throws VivariumError `WHEEL_INVALID`
 */
export function checkWheels(wheels: readonly SeedWheel[]): void {
  for (const wheel of new Set(wheels)) {
    try {
      readWheel(wheel);
    } catch (error) {
      throw refuseWheel(basename(wheel.path), error);
    }
  }
}
