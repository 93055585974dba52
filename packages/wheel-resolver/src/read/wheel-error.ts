import { VivariumError } from '@vivarium/core/plugin';

/** Why a wheel can't be used: a clause that completes "the wheel … is refused, because …". */
export class WheelError extends Error {}

/** Turns a {@link WheelError} into the error that a user reads; anything else stays what it is. */
export function refuseWheel(file: string, error: unknown): unknown {
  if (!(error instanceof WheelError)) return error;
  return new VivariumError('WHEEL_INVALID', `The wheel ${file} is refused, because ${error.message}`, {
    cause: error,
    hint: 'Nothing of it was used. Fetch the wheel again, or take its directory out of --extra-search-dir.',
  });
}
