import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { ChangePlan } from '../plan/plan.ts';
import { claim } from './claim.ts';
import { type Commit, nothingLeft, takenError } from './commit.ts';
import { hasEntries } from './entries.ts';
import { removeLeftovers } from './leftovers.ts';
import { move } from './move.ts';
import { pin } from './pin.ts';
import type { Proof } from './proof.ts';
import { createParents, isThere, remove, removeCreatedParents, removing, topmostMissing } from './remove.ts';
import { contentOf, openRunDirectory, prefixOf, type Role, stagingLost } from './run-directory.ts';

// The scripts leave first and come last, together with what makes the directory an environment: of what is half moved
// nothing can be started. A Python without its pyvenv.cfg would be the base's, and its pip would install there.
const OUT_FIRST = ['bin', 'Scripts', 'pyvenv.cfg'];

/**
 * For a destination that has to stay the same directory (a mount point, the cwd of the user's shell) or that can't be
 * renamed: the staging directory is inside and the content is exchanged entry by entry. The names of the directories
 * inside say how far the commit has come, so that {@link restoreContent} can put things right after a run that was
 * killed.
 */
export function commitContent({ environment, mode }: ChangePlan, proof: Proof): Commit {
  const { destination } = environment;
  const created = topmostMissing(destination);
  createParents(destination);
  const held = pin(destination);
  // All of it happens in the directory that was found here, wherever another run moves it.
  const root = held.path;
  removeLeftovers({ directory: destination, destination, proof });
  const run = openRunDirectory({ directory: destination, destination, proof });
  const { pathOf } = run;
  const content: Content = { root, prefix: prefixOf(destination), pathOf };
  const moved: string[] = [];

  return {
    run,
    claim: () => claim({ destination, run }),
    // biome-ignore lint/correctness/useYield: another run could come in between
    *commit(entries) {
      const before = contentOf(root, content.prefix);
      if (mode === 'create' && before.length > 0) throw takenError(destination);
      try {
        exchange(before);
      } catch (error) {
        throw held.isAt(destination) ? error : takenError(destination, error);
      }
      if (!held.isAt(destination)) throw takenError(destination);
      if (!hasEntries(root, entries) && held.isAt(destination)) throw stagingLost(destination, run.path);
    },
    isInPlace: () => held.isAt(destination),
    *cleanup(keep) {
      // In this order: an empty or missing staging directory says that the new environment is complete.
      yield* removing(pathOf('new'));
      if (keep !== undefined && isThere(pathOf('old'))) keep(pathOf('old'));
      const left = yield* run.close();
      held.close();
      return left;
    },
    *rollback() {
      try {
        restoreContent(content, moved);
      } catch {
        // What is still in the directories is told, and the next run tries again.
      }
      const isKept = (['out', 'old'] as const).some((role) => isThere(pathOf(role)));
      const left = isKept ? [run.path] : yield* run.close();
      held.close();
      if (!isKept) removeCreatedParents(created, destination);
      return nothingLeft(left);
    },
  };

  function exchange(before: readonly string[]): void {
    mkdirSync(pathOf('out'));
    for (const name of scriptsFirst(before)) move(join(root, name), join(pathOf('out'), name));
    move(pathOf('out'), pathOf('old'));
    for (const name of claimingFirst(pathOf('new'))) moveIn(name);
  }
  function moveIn(name: string): void {
    const [source, target] = [join(pathOf('new'), name), join(root, name)];
    try {
      renameSync(source, target);
      moved.push(name);
    } catch (error) {
      if (isThere(target)) throw takenError(destination, error);
      moved.push(name);
      move(source, target);
    }
  }
}

/** Where a commit by content happens. */
export interface Content {
  /** The destination, or a path that leads to it. */
  readonly root: string;
  /** How names of the directories of runs begin. */
  readonly prefix: string;
  pathOf(role: Role): string;
}

/** Whether everything has been moved in, so that what is at the destination is the new environment, complete. */
export function isComplete({ pathOf }: Pick<Content, 'pathOf'>): boolean {
  return isThere(pathOf('old')) && (!isThere(pathOf('new')) || readdirSync(pathOf('new')).length === 0);
}

/**
 * Puts back what was moved out, however far the commit has come.
 *
 * @param moved what is there of the new environment; by default everything, once all of the old one is out
 */
export function restoreContent({ root, prefix, pathOf }: Content, moved?: readonly string[]): void {
  if (isThere(pathOf('old'))) {
    if (!isThere(pathOf('new'))) mkdirSync(pathOf('new'));
    for (const name of scriptsFirst(moved ?? contentOf(root, prefix))) {
      moveTwice(join(root, name), join(pathOf('new'), name));
    }
    moveTwice(pathOf('old'), pathOf('out'));
  }
  if (!isThere(pathOf('out'))) return;
  for (const name of scriptsFirst(readdirSync(pathOf('out'))).reverse()) {
    moveTwice(join(pathOf('out'), name), join(root, name));
  }
  remove(pathOf('out'));
}

// An error that does not last is none. A move that failed may have left nothing to move.
function moveTwice(from: string, to: string): void {
  if (!isThere(from)) return;
  try {
    move(from, to);
  } catch {
    move(from, to);
  }
}

function scriptsFirst(names: readonly string[]): string[] {
  return [...names].sort((a, b) => rankOf(a) - rankOf(b));
}

function rankOf(name: string): number {
  const rank = OUT_FIRST.indexOf(name);
  return rank === -1 ? OUT_FIRST.length : rank;
}

// A directory that is not empty can't be renamed to where another run has put one of its own: the first one wins.
function claimingFirst(staging: string): string[] {
  const entries = readdirSync(staging, { withFileTypes: true });
  const isClaim = new Map(
    entries.map((entry) => [entry.name, entry.isDirectory() && readdirSync(join(staging, entry.name)).length > 0]),
  );
  return [...isClaim.keys()].sort((a, b) => {
    return rankOf(b) - rankOf(a) || Number(isClaim.get(b)) - Number(isClaim.get(a));
  });
}
