import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { fingerprint } from '../fingerprint.ts';
import { isThere, remove } from './remove.ts';

const PREFIX = '.vivarium-';
const STRANGER_IS_GONE_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * What a folder that a run makes and takes away again is for: `new` is where an environment is built, `out` where what
 * stands at the destination is being moved to, `old` where all of that is.
 */
export type Role = 'new' | 'out' | 'old';

/** A folder that some run made for a destination. */
export interface Leftover {
  readonly path: string;
  readonly role: Role;
  /** The same for all folders of one run. */
  readonly token: string;
  /** Its maker is gone. */
  readonly isAbandoned: boolean;
}

/**
 * Names the folders of one run, in `folder`. A name tells who made it (host, process, and when the process started), so
 * that a later run can know whether its maker is gone.
 */
export function stagingPaths(folder: string, destination: string): (role: Role) => string {
  const token = ownToken();
  return (role) => join(folder, `${prefixOf(destination)}${role}-${token}`);
}

/** The folders in `folder` that runs made for this destination; none where `folder` can't be read. */
export function leftoversIn(folder: string, destination: string): readonly Leftover[] {
  const prefix = prefixOf(destination);
  return namesIn(folder)
    .filter((name) => name.startsWith(prefix))
    .flatMap((name) => {
      const [, role, token = ''] = /^(new|out|old)-(.*)$/.exec(name.slice(prefix.length)) ?? [];
      const path = join(folder, name);
      return role === undefined ? [] : [{ path, role: role as Role, token, isAbandoned: isMakerGone(token, path) }];
    });
}

/** What is in a destination beside the folders of runs, and beside what a file system of its own has at its root. */
export function contentOf(destination: string): readonly string[] {
  const prefix = prefixOf(destination);
  return readdirSync(destination).filter((name) => isContent(name, prefix));
}

/** Whether a name in a destination is of its content. */
export function isContent(name: string, prefix: string): boolean {
  return name !== 'lost+found' && !name.startsWith(prefix);
}

/** How names of folders begin that runs make for a destination. */
export function prefixOf(destination: string): string {
  return `${PREFIX}${digest(basename(destination))}-`;
}

/**
 * Removes what runs for this destination left behind that were killed. A folder is safe to remove when its maker ran on
 * this host and is gone, or when it was made elsewhere (another host or container that shares the disk) a day ago; but
 * never what stood at the destination as long as nothing else stands there.
 */
export function removeAbandoned(folder: string, destination: string): void {
  for (const { path, role, isAbandoned } of leftoversIn(folder, destination)) {
    if (isAbandoned && (role === 'new' || isThere(destination))) remove(path);
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
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
    // EPERM: it runs and belongs to somebody else.
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
 * and then a process number that was used again keeps the folder for a while longer.
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
