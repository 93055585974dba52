import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { fingerprint } from '../fingerprint.ts';
import { isThere, remove } from './remove.ts';

const PREFIX = '.vivarium-';
const STRANGER_IS_GONE_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * What a directory that a run makes and takes away again is for: `new` is where an environment is built, `out` where
 * what is at the destination is being moved to, `old` where all of that is.
 */
export type Role = 'new' | 'out' | 'old';

/** A directory that some run made for a destination. */
export interface Leftover {
  readonly path: string;
  readonly role: Role;
  /** The same for all directories of one run. */
  readonly token: string;
  /** Its maker is gone. */
  readonly isAbandoned: boolean;
}

/**
 * Names the directories of one run, in `directory`. A name tells who made it (host, process, and when the process
 * started), so that a later run can know whether its maker is gone.
 */
export function stagingPaths(directory: string, destination: string): (role: Role) => string {
  const token = ownToken();
  return (role) => join(directory, `${prefixOf(destination)}${role}-${token}`);
}

/** The directories in `directory` that runs made for this destination; none where `directory` can't be read. */
export function leftoversIn(directory: string, destination: string): readonly Leftover[] {
  const prefix = prefixOf(destination);
  return namesIn(directory)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const [, role, token = ''] = /^(new|out|old)-(.*)$/.exec(name.slice(prefix.length)) ?? [];
      const path = join(directory, name);
      return role === undefined ? [] : [{ path, role: role as Role, token, isAbandoned: isMakerGone(token, path) }];
    });
}

/** What is in a destination next to the directories of runs, and besides what a file system of its own has at its root. */
export function contentOf(destination: string): readonly string[] {
  const prefix = prefixOf(destination);
  return readdirSync(destination).filter((name) => isContent(name, prefix));
}

/** Whether a name in a destination is of its content. */
export function isContent(name: string, prefix: string): boolean {
  return name !== 'lost+found' && !name.startsWith(prefix);
}

/** How names of directories begin that runs make for a destination. */
export function prefixOf(destination: string): string {
  return `${PREFIX}${digest(basename(destination))}-`;
}

/**
 * Removes what runs for this destination left behind that were killed. A directory is safe to remove when its maker ran
 * on this host and is gone, or when it was created elsewhere (another host or container that shares the disk) a day
 * ago; but never what was at the destination as long as nothing else exists.
 */
export function removeAbandoned(directory: string, destination: string): void {
  for (const { path, role, isAbandoned } of leftoversIn(directory, destination)) {
    if (isAbandoned && (role === 'new' || isThere(destination))) remove(path);
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function isMakerGone(token: string, path: string): boolean {
  const [host, pid, start] = token.split('-');
  if (host !== hostToken()) {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    return stats !== undefined && Date.now() - stats.ctimeMs > STRANGER_IS_GONE_AFTER_MS;
  }
  const id = Number(pid);
  return !isRunning(id) || startOf(id) !== start;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs and belongs to another process.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function ownToken(): string {
  count += 1;
  return `${hostToken()}-${process.pid}-${startOf(process.pid)}-${count}`;
}

// One process may make the same environment twice at the same time.
let count = 0;

/** This host, and within it this container: process numbers mean something only inside one. */
function hostToken(): string {
  let namespace = '';
  try {
    namespace = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Not Linux: the host name alone has to do.
  }
  return digest(`${hostname()} ${namespace}`);
}

/**
 * When a process started, in the kernel's ticks (field 22 of `/proc/PID/stat`, proc(5)); `0` where it can't be told,
 * and then a process number that was used again keeps the directory for a while longer.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold anything, blanks and parentheses too.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // What is dead and not yet waited for does nothing any more.
    return state === 'Z' || state === 'X' ? 'dead' : (fields[18] ?? '0');
  } catch {
    return '0';
  }
}

function digest(text: string): string {
  return fingerprint(text).slice(0, 8);
}
