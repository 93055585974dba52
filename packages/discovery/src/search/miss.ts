import { formatVersion, type VivariumError } from '@vivarium/core/plugin';
import type { Matched } from '../spec/match.ts';

/** A candidate that was not taken, and why. */
export type Miss = { readonly executable: string; readonly source: string } & (
  | { readonly interpreter: Matched & { readonly realExecutable?: string }; readonly reason: string }
  | { readonly failure: VivariumError }
);

/** One line about a candidate that was not taken. */
export function describeMiss(miss: Miss): string {
  if ('failure' in miss) return miss.failure.message;
  const { implementation, version, isFreeThreaded, isDebug } = miss.interpreter;
  const flags = `${isFreeThreaded ? 't' : ''}${isDebug ? 'd' : ''}`;
  const reason = miss.reason.startsWith('its version is') ? '' : `, but ${miss.reason}`;
  return `${implementation} ${formatVersion(version)}${flags} at ${miss.executable} (${miss.source})${reason}`;
}
