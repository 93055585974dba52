import { VivariumError } from '@vivarium/core/plugin';

/** The error for an archive that must not be unpacked; `reason` follows "because". */
export function archiveError(reason: string, cause?: unknown): VivariumError {
  return new VivariumError('PYTHON_ARCHIVE_INVALID', `The archive of the Python is not unpacked, because ${reason}`, {
    hint: 'Nothing of it was kept. Name another mirror or another manifest, and tell who keeps this one.',
    ...(cause === undefined ? {} : { cause }),
  });
}
