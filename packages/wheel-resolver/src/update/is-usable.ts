import { pep440 } from '../pep440.ts';
import type { UpdateMark } from './mark.ts';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/** How long a version has to have been published before it is used by itself. */
export const GRACE: number = 28 * DAY;

/** A version available, with its mark if a background process has found it. */
export interface MarkedVersion {
  readonly version: string;
  readonly mark: UpdateMark | undefined;
}

/**
 * Whether a version may be used by someone who did not name it. What was found periodically is used an hour after it
 * was found, and only if it was published 28 days ago; the grace is waived for a patch of a minor version of which
 * another may be used (rules of virtualenv's periodic update).
 */
export function isUsable(candidate: MarkedVersion, all: readonly MarkedVersion[], now: number): boolean {
  const { mark } = candidate;
  if (mark === undefined || mark.origin === 'manual') return true;
  if (now - mark.found <= HOUR) return false;
  if (isSettled(mark, now)) return true;
  const minor = minorOf(candidate.version);
  return all.some((other) => {
    if (minorOf(other.version) !== minor) return false;
    return other.mark === undefined || other.mark.origin === 'manual' || isSettled(other.mark, now);
  });
}

function isSettled({ found, publishedBefore }: UpdateMark, now: number): boolean {
  return now - (publishedBefore ?? found) >= GRACE;
}

function minorOf(version: string): string {
  return pep440().explain(version)?.release.slice(0, 2).join('.') ?? version;
}
