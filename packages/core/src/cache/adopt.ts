import { lstatSync } from 'node:fs';
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
  const open = parents(directory).filter((path) => isGroupWritable(path));
  const listed = open.find((path) => hasAccessList(path));
  if (listed !== undefined) return `an access control list lets others write to ${listed}`;
  if (retryIfMissing(() => adoptDirectory(directory))) return undefined;
  return `it is not empty, and has no ${MARK} that says it is vivarium's cache`;
}

function parents(path: string): readonly string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...parents(parent)];
}

function isGroupWritable(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return (stats?.isDirectory() ?? false) && ((stats?.mode ?? 0) & 0o1020) === 0o020;
}
