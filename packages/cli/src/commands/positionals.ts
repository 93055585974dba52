import { VivariumError } from '@vivarium/core/host';

/**
 * Refuses the first argument that a command has no use for.
 *
 * @param count how many arguments it takes
 * @throws VivariumError `ARGUMENT_INVALID` (exit code 2)
 */
export function assertNoMore(positionals: readonly string[], count: number, hint?: string): void {
  const extra = positionals[count];
  if (extra !== undefined) throw usageError(`Unexpected argument \`${extra}\``, hint);
}

/** The error for a command line that cannot be executed. */
export function usageError(message: string, hint?: string): VivariumError {
  return new VivariumError('ARGUMENT_INVALID', message, { hint });
}
