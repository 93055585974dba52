import { readdirSync } from 'node:fs';
import type { Step, TreeStep } from '../plan/step.ts';

/** How many entries directories have at least, by their paths below a root, whose own path is empty. */
export type Entries = ReadonlyMap<string, number>;

/**
 * How many entries each directory of a staging directory has at least when these steps were done. A process may have
 * removed what was there before, so only what comes after the last one counts.
 */
export function entriesOf(steps: readonly Step[]): Entries {
  const counts = new Map([['', 0]]);
  const paths = new Set<string>();
  const count = (parent: string, more: number): void => void counts.set(parent, (counts.get(parent) ?? 0) + more);
  // In an empty directory no file is put in twice: the second one fails. So the files of trees, a thousand of them in
  // every environment, need not be told apart.
  const areDistinct = steps.every(({ kind }) => kind !== 'run' && kind !== 'remove');
  for (const step of steps) {
    if (step.kind === 'run') paths.clear();
    else if (step.kind === 'remove') forget(paths, step.path);
    else if (step.kind !== 'tree') addWithParents(paths, step.path);
    else {
      addWithParents(paths, inside(step.path, ''));
      for (const name of step.directories) addWithParents(paths, inside(step.path, name));
      if (areDistinct) for (const [parent, files] of filesByParent(step)) count(inside(step.path, parent), files);
      else for (const name of step.files) addWithParents(paths, inside(step.path, name));
    }
  }
  for (const path of paths) count(parentOf(path), 1);
  return counts;
}

/** Whether the directories below `root` have their entries. */
export function hasEntries(root: string, entries: Entries): boolean {
  try {
    for (const [directory, wanted] of entries) {
      // `join()` takes a third of the time of the listing itself.
      if (readdirSync(`${root}/${directory}`).length < wanted) return false;
    }
    return true;
  } catch {
    return false;
  }
}

function filesByParent({ files }: TreeStep): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of files) {
    const parent = parentOf(name);
    counts.set(parent, (counts.get(parent) ?? 0) + 1);
  }
  return counts;
}

// A tree in the root itself has the path `.`.
function inside(directory: string, name: string): string {
  if (directory === '.') return name;
  return name === '' ? directory : `${directory}/${name}`;
}

function addWithParents(paths: Set<string>, path: string): void {
  for (let one = path; one !== '' && !paths.has(one); one = parentOf(one)) paths.add(one);
}

function forget(paths: Set<string>, path: string): void {
  for (const one of paths) if (one === path || one.startsWith(`${path}/`)) paths.delete(one);
}

// For each file of a tree: `posix.dirname()` takes several times as long.
function parentOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}
