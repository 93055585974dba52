import { systemCode } from '../error.ts';

export const MAX_ATTEMPTS = 5;

/** Does what fails when another process empties the cache at that moment, and does it again when that has happened. */
export function retryIfMissing<T>(work: () => T): T {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return work();
    } catch (error) {
      if (!isMissing(error) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Whether the system said that something does not exist. */
export function isMissing(error: unknown): boolean {
  return systemCode(error) === 'ENOENT';
}
