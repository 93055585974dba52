import { isVivariumError, messageOf, systemCode, VivariumError } from '../error.ts';
import type { Step } from '../plan/step.ts';

interface ErrorContext {
  readonly destination: string;
  readonly step: Step | undefined;
  /** A sentence on what is there after the failure. */
  readonly state: string;
}

// Sentences for what most often goes wrong (errno(3)); everything else is said in the system's own words.
const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOSPC: ['the disk is full', 'Make room, or choose a destination on another disk.'],
  EDQUOT: ['the disk quota is used up', 'Make room, or choose a destination on another disk.'],
  EROFS: ['the file system is read-only', 'Choose a destination that can be written.'],
  EACCES: ['permission denied', 'Choose a destination that you may write to.'],
  EPERM: ['the operation is not permitted', 'Choose a destination that you may write to.'],
  EMFILE: ['too many open files', 'Raise the limit (`ulimit -n`).'],
  ENAMETOOLONG: ['the path is too long for this system', 'Choose a shorter destination.'],
  EIO: ['the disk reports an error', 'Look at the disk, or choose a destination on another one.'],
};

/** The error that a user reads when a plan could not be applied. */
export function writeError(error: unknown, { destination, step, state }: ErrorContext): VivariumError {
  if (isVivariumError(error)) return error;
  const [reason, hint] = REASONS[systemCode(error) ?? ''] ?? [messageOf(error), undefined];
  const what = step === undefined || step.kind === 'run' ? destination : `${step.path} in ${destination}`;
  return new VivariumError('WRITE_FAILED', `Could not write ${what}: ${reason}`, {
    cause: error,
    hint: hint === undefined ? state : `${hint} ${state}`,
  });
}
