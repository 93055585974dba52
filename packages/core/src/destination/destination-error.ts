import { type ErrorDetails, VivariumError } from '../error.ts';
import type { ErrorCode } from '../errors.ts';

/** The codes of what is wrong with a destination. */
type DestinationErrorCode = Extract<ErrorCode, `DESTINATION_${string}`>;

/** An error about the destination that was given; `hint` says what to do instead. */
export function destinationError(
  code: DestinationErrorCode,
  message: string,
  details: Pick<ErrorDetails, 'hint' | 'cause'>,
): VivariumError {
  return new VivariumError(code, message, { ...details, source: 'DEST' });
}
