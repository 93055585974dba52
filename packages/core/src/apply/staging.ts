import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';

const PREFIX = '.vivarium-';
const STRANGER_IS_GONE_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * The name of a folder that a run makes beside a destination and takes away again. It tells who made it (host, process,
 * and when the process started), so that a later run can know whether its maker is gone.
 */
export function stagingPath(folder: string, destination: string, role: 'new' | 'old'): string {
  return join(folder, `${PREFIX}${digest(basename(destination))}-${role}-${ownToken()}`);
}

/**
 * Removes what runs for this destination left behind that were killed. A folder is safe to remove when its maker ran on
 * this host and is gone, or when it was made elsewhere (another host or container that shares the disk) a day ago.
 */
export function removeAbandoned(folder: string, destination: string): void {
  const ours = `${PREFIX}${digest(basename(destination))}-`;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(ours)) continue;
    const token = name.slice(ours.length).replace(/^(new|old)-/, '');
    const path = join(folder, name);
    if (isMakerGone(token, path)) rmSync(path, { recursive: true, force: true });
  }
}

function isMakerGone(token: string, path: string): boolean {
  const [host, pid, start] = token.split('-');
  if (host !== hostToken()) {
    const stats = statSync(path, { throwIfNoEntry: false });
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
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
  } catch {
    return '0';
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
