import { VivariumError } from '@vivarium/core/host';
import type { Captured } from '@vivarium/core/internal';
import { programOutput } from './program-output.ts';

/** The error for a resolver that has failed: what it says. */
export function resolutionFailure(
  resolver: string,
  { failure, cause, stderr }: Captured,
  { hint, text = stderr }: { readonly hint: string; readonly text?: string },
): VivariumError {
  const said = programOutput(text);
  const what = `The requirements can't be resolved, ${resolver} ${failure}`;
  return new VivariumError('RESOLUTION_FAILED', said === '' ? what : `${what}:\n${said}`, { cause, hint });
}
