import { lstatSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { systemCode, VivariumError } from '../error.ts';
import { fingerprint } from '../fingerprint.ts';
import type { Slices } from '../slices.ts';
import { MAKER, ownMaker } from './maker.ts';
import { type Pin, pin } from './pin.ts';
import type { Proof } from './proof.ts';
import { removing } from './remove.ts';

const PREFIX = '.vivarium-';
const MAX_ATTEMPTS = 100;

/**
 * What a directory inside the directory of a run is for: `new` is where an environment is built, `out` where the
 * content of the destination is being moved to, `old` where all of that is, `back` where `old` is copied to when it
 * can't be moved; `busy` says that the run is changing the destination right now.
 */
export type Role = 'new' | 'out' | 'old' | 'back' | 'busy';

/**
 * The directory in which one run builds and keeps aside. It is closed to other users, and what is in it has names that
 * prove who made it; no other user knows or can compute them. Its own name says which process made it and for which
 * destination.
 */
export interface RunDirectory {
  readonly path: string;
  /** Where the environment is built: created by this run, empty. */
  readonly staging: string;
  /** The same for other programs, which can't use what this process holds open. */
  readonly stagingName: string;
  /** The place for a role, whatever the run's directory is called now. */
  pathOf(role: Role): string;
  /** Whether the staging directory is the one that was created, at its place. */
  isIntact(): boolean;
  /** Whether the staging directory is now what `path` leads to. */
  isStaging(path: string): boolean;
  /** Removes it with everything in it. Gives its path if it is still there then. */
  close(): Slices<readonly string[]>;
}

/** What decides where a run works. */
export interface RunDirectoryRequest {
  /** The directory to create it in. */
  readonly directory: string;
  readonly destination: string;
  readonly proof: Proof;
}

/**
 * Creates the directory of a run, and the staging directory in it, both exclusively.
 *
 * @throws VivariumError `STAGING_NOT_INTACT`
 */
export function openRunDirectory({ directory, destination, proof }: RunDirectoryRequest): RunDirectory {
  const path = createExclusively(directory, destination);
  const held = pin(path);
  const proven = proof(path);
  const nameOf = (role: Role): string => roleName(role, path, () => proven);
  const pathOf = (role: Role): string => join(held.path, nameOf(role));
  const staging = tryToCreateStaging();
  if (staging === undefined) {
    held.close();
    throw stagingLost(destination, path);
  }
  return {
    path,
    // By its name where no other user can put another directory there: that is the shorter way for each of many calls.
    staging: canOthersRename(directory) ? pathOf('new') : join(path, nameOf('new')),
    stagingName: join(path, nameOf('new')),
    pathOf,
    isIntact: () => held.isAt(path) && staging.isAt(pathOf('new')),
    isStaging: (name) => staging.isAt(name),
    *close() {
      // After the commit of a new environment nothing is in it.
      const isGone = removeEmpty(path);
      if (!isGone) for (const role of ROLES) yield* removing(pathOf(role));
      staging.close();
      held.close();
      return isGone || removeEmpty(path) ? [] : [path];
    },
  };

  /** Where the system refuses it, the directory of the run goes again. */
  function tryToCreateStaging(): Pin | undefined {
    try {
      return createStaging(held, pathOf('new'));
    } catch (error) {
      held.close();
      removeEmpty(path);
      throw error;
    }
  }
}

const ROLES: readonly Role[] = ['new', 'out', 'old', 'back', 'busy'];

/** The error of a run whose staging directory is gone, or no longer has what was put in. */
export function stagingLost(destination: string, path: string): VivariumError {
  const message = `The staging directory ${path} was removed or changed by another process while ${destination} was being created`;
  return new VivariumError('STAGING_NOT_INTACT', message, {
    hint: 'Run the command again. Programs that clean up there have to leave names that begin with `.vivarium-` alone.',
  });
}

/** The name that a role has in a run's directory. */
export function roleName(role: Role, path: string, proof: Proof): string {
  return `${role}-${proof(path) ?? 'unproven'}`;
}

/** How names of directories begin that runs create for a destination. */
export function prefixOf(destination: string): string {
  return `${PREFIX}${fingerprint(basename(destination)).slice(0, 8)}-`;
}

/** The maker in the name of a run's directory; `undefined` for every other name. */
export function makerIn(name: string, prefix: string): string | undefined {
  return name.startsWith(prefix) ? NAME.exec(name.slice(prefix.length))?.[1] : undefined;
}

const NAME = new RegExp(`^(${MAKER})-[0-9]+$`);

/** Whether a name in a destination is of its content: not of a run, and not of a file system's root. */
export function isContent(name: string, prefix: string): boolean {
  return name !== 'lost+found' && makerIn(name, prefix) === undefined;
}

/** What is in a destination besides the directories of runs. */
export function contentOf(destination: string, prefix: string): readonly string[] {
  return readdirSync(destination).filter((name) => isContent(name, prefix));
}

// One process may create the same environment twice at the same time.
let count = 0;

function createExclusively(directory: string, destination: string): string {
  for (let attempt = 1; ; attempt += 1) {
    count += 1;
    const path = join(directory, `${prefixOf(destination)}${ownMaker()}-${count}`);
    try {
      mkdirSync(path, 0o700);
      return path;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Nothing where another process has put their own directory in the place of the one just created. */
function createStaging(held: Pin, path: string): Pin | undefined {
  mkdirSync(path);
  const staging = pin(path);
  if (staging.uid === held.uid) return staging;
  staging.close();
  rmdirSync(path);
  return undefined;
}

/** Others can rename what is ours in a directory that they may write to, unless it has the sticky bit. */
function canOthersRename(directory: string): boolean {
  if (process.getuid === undefined) return false;
  const { mode, uid } = lstatSync(directory);
  const isForeign = uid !== process.getuid() && uid !== 0;
  return isForeign || ((mode & 0o022) !== 0 && (mode & 0o1000) === 0);
}

function removeEmpty(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return systemCode(error) === 'ENOENT';
  }
}
