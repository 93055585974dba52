import { lstatSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { messageOf, systemCode } from '../error.ts';

/**
 * Why a cache may not be read: anybody else who can write to it, or put another directory in its place, could put code
 * into every later environment. The directory and everything on the way to it, links included, must belong to this user
 * or to the system; no other user may write to the directory itself, and rename what is on the way. The answer
 * completes "… because".
 *
 * One `lstat` for each part of the path. POSIX access control lists need no look of their own where the group may not
 * write: its permissions are then the upper bound of all lists. The cache itself therefore has to be closed to the
 * group.
 */
export function whyNotTrusted(directory: string): string | undefined {
  if (process.getuid === undefined) return whyNotADirectory(directory);
  try {
    return walk(directory, process.getuid());
  } catch (error) {
    // What isn't there can be created, and what can't be reached is neither read nor written.
    return systemCode(error) === 'ENOENT' || systemCode(error) === 'EACCES' ? undefined : messageOf(error);
  }
}

// Windows: permissions are not those of POSIX.
function whyNotADirectory(directory: string): string | undefined {
  const stats = lstatSync(directory, { throwIfNoEntry: false });
  return stats === undefined || stats.isDirectory() || stats.isSymbolicLink() ? undefined : 'it is not a directory';
}

// What Linux allows in one path.
const MAX_LINKS = 40;

/** Goes down from the root, through links to where they lead, and stops at the first part that may not be relied on. */
function walk(directory: string, user: number): string | undefined {
  const rest = partsOf(directory);
  const root = lstatSync('/');
  const isForeign = ({ uid }: Stats): boolean => uid !== user && uid !== 0 && uid !== root.uid;
  let place: Place = { path: '/', stats: root, isHidden: false };
  let links = 0;
  // How many of the next parts are of the target of a link.
  let linked = 0;
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    if (!place.stats.isDirectory()) return `${place.path} is not a directory`;
    const open = place.isHidden ? undefined : whoMayRename(place.stats, user);
    if (open !== undefined) return `${open} may write to ${place.path}, which it is in`;
    const path = join(place.path, part);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return linked > 0 ? 'a link on the way to it leads nowhere' : undefined;
    if (isForeign(stats)) return rest.length === 0 ? FOREIGN : `${path}, which it is in, belongs to another user`;
    if (!stats.isSymbolicLink()) {
      place = { path, stats, isHidden: place.isHidden || isClosed(stats) };
      linked = Math.max(linked - 1, 0);
      continue;
    }
    links += 1;
    if (links > MAX_LINKS) return 'links on the way to it lead in a circle';
    const target = readlinkSync(path);
    const parts = partsOf(target);
    linked = Math.max(linked - 1, 0) + parts.length;
    rest.unshift(...parts);
    if (target.startsWith('/')) place = { path: '/', stats: root, isHidden: false };
  }
  return whyNotOurs(place.stats);
}

/** A directory on the way, without links in its path. */
interface Place {
  readonly path: string;
  readonly stats: Stats;
  /** Others can't get into it or into one above it, so whatever they may do below is out of their reach. */
  readonly isHidden: boolean;
}

const FOREIGN = 'it belongs to another user';

/** Who else can put something else at the place of what is in a directory. With the sticky bit only its owner can. */
function whoMayRename({ mode, uid, gid }: Stats, user: number): string | undefined {
  if ((mode & 0o1000) !== 0) return undefined;
  if ((mode & 0o002) !== 0) return 'everyone';
  // Where each user has a group of the same number, it has no other members. The system's groups have.
  const isPrivate = user !== 0 && uid === user && gid === uid;
  return (mode & 0o020) === 0 || isPrivate ? undefined : `the group ${gid}`;
}

function isClosed({ mode }: Stats): boolean {
  return (mode & 0o011) === 0;
}

function whyNotOurs(stats: Stats): string | undefined {
  if (!stats.isDirectory()) return 'it is not a directory';
  if ((stats.mode & 0o002) !== 0) return 'everyone may write to it';
  return (stats.mode & 0o020) === 0 ? undefined : `its group (${stats.gid}) may write to it`;
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
