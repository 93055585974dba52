import { type ErrorCode, VivariumError } from '@vivarium/core/host';
import type { LockError, LockErrorCode } from '@vivarium/pylock';

interface Meaning {
  readonly code: ErrorCode;
  readonly hint: string;
}

const WRITE_AGAIN = 'Correct that place, or write the lock again.';
const OTHER_FILE = 'Nothing of it was used. Fetch the file again, or write the lock again.';

/** What each error about a lock means to the user of the command. */
const MEANINGS: Readonly<Record<LockErrorCode, Meaning>> = {
  LOCK_SYNTAX: { code: 'LOCK_INVALID', hint: WRITE_AGAIN },
  LOCK_INVALID: { code: 'LOCK_INVALID', hint: WRITE_AGAIN },
  LOCK_UNSUPPORTED: { code: 'LOCK_INVALID', hint: 'Write the lock in format 1.0, with pinned and hashed packages.' },
  LOCK_TARGET: { code: 'LOCK_NOT_USABLE', hint: 'Choose another interpreter with -p, or write the lock for this one.' },
  LOCK_CHOICE: { code: 'LOCK_NOT_USABLE', hint: 'Name extras with --extra and groups with --group that the lock has.' },
  LOCK_AMBIGUOUS: { code: 'LOCK_NOT_USABLE', hint: WRITE_AGAIN },
  LOCK_NO_WHEEL: {
    code: 'LOCK_NOT_USABLE',
    hint: 'Choose another interpreter with -p, or write the lock for this one: pip writes it for one platform only.',
  },
  LOCK_SIZE: { code: 'PACKAGE_MISMATCH', hint: OTHER_FILE },
  LOCK_HASH: { code: 'PACKAGE_MISMATCH', hint: OTHER_FILE },
};

/** An error of the package that reads locks, as one of vivarium. */
export function asVivariumError(error: LockError): VivariumError {
  const { code, hint } = MEANINGS[error.code];
  return new VivariumError(code, error.message, { hint, cause: error });
}
