import { basename } from 'node:path';
import { type Implementation, implementationEntries } from '@vivarium/core/internal';
import { VivariumError } from '@vivarium/core/plugin';

const VARIABLES = ['VIVARIUM_DISCOVERY_TIMEOUT', 'PY_DISCOVERY_TIMEOUT'] as const;
const DEFAULT_SECONDS = 15;
const LONGEST_SECONDS = 86_400;

/**
 * How long one interpreter may take to answer, in milliseconds: `VIVARIUM_DISCOVERY_TIMEOUT`, else
 * `PY_DISCOVERY_TIMEOUT` (both in seconds), else 15 seconds, or more for an implementation that is known to start slowly.
 *
 * @param executable its name tells the implementation
 * @throws VivariumError `TIME_LIMIT_INVALID`
 */
export function timeLimitOf(executable: string, env: Readonly<Record<string, string | undefined>>): number {
  const variable = VARIABLES.find((name) => env[name]);
  if (variable === undefined) return defaultSeconds(basename(executable).toLowerCase()) * 1000;
  const text = env[variable] ?? '';
  const seconds = /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= LONGEST_SECONDS) return seconds * 1000;
  throw new VivariumError('TIME_LIMIT_INVALID', `\`${text}\` is not a time limit for starting an interpreter`, {
    source: variable,
    hint: `Set ${variable} to a number of seconds, ${DEFAULT_SECONDS} for example.`,
  });
}

function defaultSeconds(name: string): number {
  const named = implementationEntries.find(([, { executables }]) => executables.some((word) => name.startsWith(word)));
  const { startSeconds = DEFAULT_SECONDS }: Partial<Implementation> = named?.[1] ?? {};
  return startSeconds;
}
