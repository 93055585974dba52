import { temporaryName } from '../temporary-name.ts';

/** What ends in this is not an entry: it is being built, or was put aside to be deleted. */
const ENDING = '.tmp';
const WITH_NAME = /\.[\w-]+\.tmp$/;

/** What was not finished by then was left by a run that was killed; to build an entry takes seconds. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

/**
 * Another name next to an entry's, under which no one reads it. What others have put aside before keeps one such
 * ending, or its name would grow until no system takes it.
 */
export function stagingName(path: string): string {
  return `${path.replace(WITH_NAME, '')}.${temporaryName()}${ENDING}`;
}

/**
 * Whether something was left half done by a run that is gone.
 *
 * @param touched when it was last of use, in milliseconds since 1970
 */
export function isAbandoned(path: string, touched: number): boolean {
  return path.endsWith(ENDING) && Date.now() - touched > ABANDONED_AFTER_MS;
}
