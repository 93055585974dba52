import {
  type Dirent,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { ChangePlan } from '../plan/plan.ts';
import type { Step } from '../plan/step.ts';
import type { Slices } from '../slices.ts';
import { claim } from './claim.ts';
import { type Commit, nothingLeft, takenError } from './commit.ts';
import { copyFile } from './copy-file.ts';
import { hasEntries } from './entries.ts';
import { removeLeftovers } from './leftovers.ts';
import { move } from './move.ts';
import { pin } from './pin.ts';
import type { Proof } from './proof.ts';
import { putInPlace } from './put-in-place.ts';
import { isThere, remove, removing } from './remove.ts';
import { openRunDirectory, stagingLost } from './run-directory.ts';

/**
 * For an environment that is refreshed: everything is built in a staging directory inside it and then takes its place
 * file by file, each by a rename. What a plan removes and creates again is thus there at all times; what it only
 * removes goes last.
 */
export function commitFiles({ environment, steps }: ChangePlan, proof: Proof): Commit {
  const { destination } = environment;
  const held = pin(destination);
  removeLeftovers({ directory: dirname(destination), destination, proof });
  removeLeftovers({ directory: destination, destination, proof });
  const run = openRunDirectory({ directory: destination, destination, proof });
  const rules = rulesOf(steps);
  let hasBegun = false;

  return {
    run,
    claim: () => claim({ destination, run }),
    *commit(entries) {
      if (!hasEntries(run.pathOf('new'), entries)) throw stagingLost(destination, run.path);
      if (!held.isAt(destination)) throw takenError(destination);
      hasBegun = true;
      try {
        // All of it happens in the environment that was found here, wherever another run moves it.
        yield* mergeAll({ staging: run.pathOf('new'), destination: held.path, rules, made: new Set() });
      } catch (error) {
        throw held.isAt(destination) ? error : takenError(destination, error);
      }
      if (!held.isAt(destination)) throw takenError(destination);
    },
    isInPlace: () => held.isAt(destination),
    *cleanup() {
      const left = yield* run.close();
      held.close();
      return left;
    },
    *rollback() {
      const state = nothingLeft(yield* run.close());
      const isPartial = hasBegun && held.isAt(destination);
      held.close();
      return isPartial
        ? `The environment was only partially updated; run the command again to finish. ${state}`
        : state;
    },
  };
}

/** What the steps say about paths that exist already. */
interface Rules {
  /** Files that stay if they are there. */
  readonly kept: ReadonlySet<string>;
  /** Links in whose place there may be a directory. */
  readonly orDirectory: ReadonlySet<string>;
  readonly removed: readonly string[];
}

function rulesOf(steps: readonly Step[]): Rules {
  const pathsOf = (isMeant: (step: Step) => boolean): string[] =>
    steps.flatMap((step) => (step.kind !== 'run' && isMeant(step) ? [step.path] : []));
  return {
    kept: new Set(pathsOf((step) => step.kind === 'file' && step.existing === 'keep')),
    orDirectory: new Set(pathsOf((step) => step.kind === 'symlink' && step.orDirectory === true)),
    removed: pathsOf((step) => step.kind === 'remove'),
  };
}

interface Merge {
  readonly staging: string;
  readonly destination: string;
  readonly rules: Rules;
  /** Filled with the paths of all files and links, and of directories that came whole. */
  readonly made: Set<string>;
}

function* mergeAll(work: Merge): Slices {
  yield* merge('', work);
  const kept: Kept = { made: work.made, directories: directoriesOf(work.made) };
  for (const path of work.rules.removed) yield* removeBut(kept, path, work.destination);
}

/** What is not removed, relative to the destination. */
interface Kept {
  /** Paths that were created. */
  readonly made: ReadonlySet<string>;
  /** The directories that these are in, at any depth. */
  readonly directories: ReadonlySet<string>;
}

function directoriesOf(paths: Iterable<string>): ReadonlySet<string> {
  const directories = new Set<string>();
  for (const path of paths) {
    // Where one is known, so are those that it is in.
    for (let directory = posix.dirname(path); directory !== '.'; directory = posix.dirname(directory)) {
      if (directories.has(directory)) break;
      directories.add(directory);
    }
  }
  return directories;
}

/** What is new comes before what takes another's place, which may already lean on it: a link on what it leads to. */
function* merge(directory: string, work: Merge): Slices {
  const entries = list(join(work.staging, directory)).map((entry) => {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    return { entry, path, isNew: !isThere(join(work.destination, path)) };
  });
  for (const { entry, path } of entries.sort((a, b) => Number(b.isNew) - Number(a.isNew))) {
    yield;
    if (entry.isDirectory()) yield* mergeDirectory(path, work);
    else mergeFile(path, work);
  }
}

function* mergeDirectory(path: string, work: Merge): Slices {
  const { destination, rules, made } = work;
  const target = join(destination, path);
  const there = lstatSync(target, { throwIfNoEntry: false });
  // A link in the place of a directory leads elsewhere, to the cache for example: nothing may be written through it.
  if (there !== undefined && !there.isDirectory() && isRemoved(path, rules)) {
    made.add(path);
    swap(path, work);
    return;
  }
  if (there === undefined) mkdirSync(target);
  yield* merge(path, work);
}

function mergeFile(path: string, work: Merge): void {
  const { staging, destination, rules, made } = work;
  const [source, target] = [join(staging, path), join(destination, path)];
  made.add(path);
  if (rules.kept.has(path) && isThere(target)) return;
  if (rules.orDirectory.has(path) && lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) return;
  try {
    renameSync(source, target);
  } catch {
    // A directory is in the way, or this file system (another one that is mounted here, say) does not rename it.
    if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory() && isRemoved(path, rules)) swap(path, work);
    else copyInPlace(source, target);
  }
}

/**
 * Puts a link where a directory is, or a directory where a link is. No call that Node has does that in one step, so for
 * the time between two renames neither is there; the next run puts in what a run that was killed just then has not.
 */
function swap(path: string, { staging, destination }: Merge): void {
  const [source, target] = [join(staging, path), join(destination, path)];
  const aside = `${source}${ASIDE}`;
  try {
    move(target, aside);
  } catch (error) {
    if (isThere(aside)) move(aside, target);
    throw error;
  }
  try {
    move(source, target);
  } catch (error) {
    remove(target);
    move(aside, target);
    throw error;
  }
}

// Goes away with the staging directory.
const ASIDE = '.aside';

/** For a place that nothing can be renamed to. */
function copyInPlace(source: string, target: string): void {
  const isLink = lstatSync(source).isSymbolicLink();
  putInPlace(target, false, (name) => {
    if (isLink) symlinkSync(readlinkSync(source), name);
    else copyFile(source, name, 'any');
  });
}

function isRemoved(path: string, { removed }: Rules): boolean {
  return removed.some((other) => path === other || path.startsWith(`${other}/`));
}

/** Removes what is at `path` but for what was created there. */
function* removeBut(kept: Kept, path: string, destination: string): Slices {
  if (kept.made.has(path)) return;
  yield;
  const place = join(destination, path);
  const there = lstatSync(place, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (!there.isDirectory() || !kept.directories.has(path)) {
    if (!(yield* removing(place))) statSync(place);
    return;
  }
  for (const { name } of list(place)) yield* removeBut(kept, `${path}/${name}`, destination);
}

function list(directory: string): readonly Dirent[] {
  return readdirSync(directory, { withFileTypes: true });
}
