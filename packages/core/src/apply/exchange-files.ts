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
import { join } from 'node:path';
import { systemCode } from '../error.ts';
import type { Plan } from '../plan/plan.ts';
import type { Step } from '../plan/step.ts';
import { copyFile } from './copy-file.ts';
import { type Exchange, nothingLeft } from './exchange.ts';
import { putInPlace } from './put-in-place.ts';
import { isThere, remove } from './remove.ts';
import { removeAbandoned, stagingPaths } from './staging.ts';

/**
 * For an environment that is refreshed: everything is built in a staging directory inside it and then takes its place
 * file by file, each by a rename. What a plan takes away and makes again is thus there at all times; what it only takes
 * away goes last.
 */
export function exchangeFiles({ environment, steps }: Plan): Exchange {
  const { destination } = environment;
  removeAbandoned(destination, destination);
  const staging = stagingPaths(destination, destination)('new');
  mkdirSync(staging);
  const rules = rulesOf(steps);
  let hasBegun = false;

  return {
    staging,
    move() {
      hasBegun = true;
      const made = new Set<string>();
      merge('', { staging, destination, rules, made });
      for (const path of rules.removed) removeBut(made, path, destination);
    },
    finish() {
      return remove(staging) ? [] : [staging];
    },
    undo() {
      const left = remove(staging) ? [] : [staging];
      const state = nothingLeft(left);
      return hasBegun ? `The environment was renewed in part only; the next run does the rest. ${state}` : state;
    },
  };
}

/** What the steps say about paths that exist already. */
interface Rules {
  /** Files that stay if they are there. */
  readonly kept: ReadonlySet<string>;
  /** Links that a directory may stand for. */
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

/** What is new comes before what takes another's place, which may already lean on it: a link on what it leads to. */
function merge(directory: string, work: Merge): void {
  const entries = list(join(work.staging, directory)).map((entry) => {
    const path = directory === '' ? entry.name : `${directory}/${entry.name}`;
    return { entry, path, isNew: !isThere(join(work.destination, path)) };
  });
  for (const { entry, path } of entries.sort((a, b) => Number(b.isNew) - Number(a.isNew))) {
    if (entry.isDirectory()) mergeDirectory(path, work);
    else mergeFile(path, work);
  }
}

function mergeDirectory(path: string, work: Merge): void {
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
  merge(path, work);
}

function mergeFile(path: string, work: Merge): void {
  const { staging, destination, rules, made } = work;
  const [source, target] = [join(staging, path), join(destination, path)];
  made.add(path);
  if (rules.kept.has(path) && isThere(target)) return;
  if (rules.orDirectory.has(path) && lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) return;
  try {
    renameSync(source, target);
  } catch (error) {
    const code = systemCode(error);
    if (code === 'EISDIR' && isRemoved(path, rules)) swap(path, work);
    else if (code === 'EXDEV') copyInPlace(source, target);
    else throw error;
  }
}

/**
 * Puts a link where a directory stands, or a directory where a link does. No call that Node has does that at one
 * stroke, so for the time between two renames neither is there; the next run puts in what a run that was killed just
 * then has not.
 */
function swap(path: string, { staging, destination }: Merge): void {
  const [source, target] = [join(staging, path), join(destination, path)];
  const aside = `${source}${ASIDE}`;
  renameSync(target, aside);
  try {
    renameSync(source, target);
  } catch (error) {
    renameSync(aside, target);
    throw error;
  }
}

// Goes away with the staging directory.
const ASIDE = '.aside';

/** Into a directory that is on another file system. */
function copyInPlace(source: string, target: string): void {
  const isLink = lstatSync(source).isSymbolicLink();
  putInPlace(target, false, (name) => {
    if (isLink) symlinkSync(readlinkSync(source), name);
    else copyFile(source, name, 'any');
  });
}

function isRemoved(path: string, { removed }: Rules): boolean {
  return removed.some((directory) => path === directory || path.startsWith(`${directory}/`));
}

/** Removes what is at `path` but for what was created there. */
function removeBut(made: ReadonlySet<string>, path: string, destination: string): void {
  if (made.has(path)) return;
  const place = join(destination, path);
  const there = lstatSync(place, { throwIfNoEntry: false });
  if (there === undefined) return;
  const holdsMade = there.isDirectory() && [...made].some((other) => other.startsWith(`${path}/`));
  if (!holdsMade) {
    if (!remove(place)) statSync(place);
    return;
  }
  for (const { name } of list(place)) removeBut(made, `${path}/${name}`, destination);
}

function list(directory: string): readonly Dirent[] {
  return readdirSync(directory, { withFileTypes: true });
}
