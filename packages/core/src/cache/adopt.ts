import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { hasAccessList } from './access-list.ts';
import { adoptDirectory, MARK } from './cache-mark.ts';
import { retryIfMissing } from './retry-if-missing.ts';

/**
 * Why nothing may be written into a directory as a cache; otherwise it is one now. This is asked before a run writes its
 * first entry. A warm run writes none, so what takes a process is checked here.
 *
 * @throws what the system says where the directory can't be created
 */
export function whyNotAdopted(directory: string): string | undefined {
  // A list that grants others to write shows as permissions of the group, and only there.
  const listed = directoriesOn(directory).find((path) => isGroupWritable(path) && hasAccessList(path));
  if (listed !== undefined) return `an access control list lets others write to ${listed}`;
  if (retryIfMissing(() => adoptDirectory(directory))) return undefined;
  return `it is not empty, and has no ${MARK} that says it is vivarium's cache`;
}

/** The directories above a path, and it; of what links lead to as well. */
function directoriesOn(path: string): readonly string[] {
  return [...parents(path), ...parents(realPathOf(path))];
}

function parents(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [] : [path, ...parents(parent)];
}

/** Where a path leads; of one that does not exist yet, where that will be created. */
function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return realPathOf(dirname(path));
  }
}

function isGroupWritable(path: string): boolean {
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o1020) === 0o020;
}
