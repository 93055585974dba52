import type { Listed, ListedEnvironment } from '../list/list-environments.ts';
import { assertRemovable } from './remove.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether an environment is one to prune: its Python is gone, or it is incomplete, or it was not used for a time; and it
 * may be removed.
 *
 * @param unusedFor in days; without it one that works is kept
 * @param now in milliseconds since 1970
 */
export function isPrunable(
  listed: Listed,
  { unusedFor, now }: { readonly unusedFor: number | undefined; readonly now: number },
): listed is ListedEnvironment {
  if (!('inspection' in listed)) return false;
  const { inspection, lastUse } = listed;
  const isUnused = unusedFor !== undefined && lastUse !== undefined && now - lastUse >= unusedFor * DAY_MS;
  if (inspection.isComplete && !isUnused) return false;
  try {
    assertRemovable({ directory: inspection.directory });
    return true;
  } catch {
    // What is guarded is none of those that are offered.
    return false;
  }
}
