import { lstatSync, readFileSync, readlinkSync, statfsSync } from 'node:fs';
import { hostname, uptime } from 'node:os';
import { fingerprint } from '../fingerprint.ts';

/** After this long without a change in its directory, a run that nothing else is known of has ended. */
const UNKNOWN_IS_GONE_AFTER_MS = 7 * 24 * 60 * 60 * 1000;
/** How far clocks may be apart, or be set back, before a conclusion is drawn from them. */
const CLOCK_SLACK_MS = 60_000;
const UNKNOWN = '00000000';

/**
 * File systems that only one running kernel can have mounted (statfs(2)): ext2 to ext4, XFS, Btrfs, F2FS, tmpfs. On
 * these a run that began before this kernel started has ended with the kernel that it ran on.
 */
const OF_ONE_KERNEL: ReadonlySet<number> = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0x01021994]);

/**
 * Who makes a directory, as a part of its name: which running kernel, which namespace of process numbers in it, which
 * process, and when that started. What is not known is zeros.
 */
export function ownMaker(): string {
  const { kernel, namespace } = here();
  return `${kernel}-${namespace}-${process.pid}-${startOf('self', process.pid) ?? 0}`;
}

/** A maker as {@link ownMaker} writes it. */
export const MAKER = '[0-9a-f]{8}-[0-9a-f]{8}-[1-9][0-9]*-[0-9]+';

/**
 * Whether the maker of a directory has certainly ended. A process that can't be seen may still be at work: in another
 * container, on another host, or hidden by the way in which `/proc` is mounted.
 *
 * @param maker as {@link ownMaker} wrote it
 * @param paths what changes while the maker is at work: its directory and what it keeps in there
 * @param unknownIsGoneAfterMs how long nothing may change of a maker that can't be seen, in milliseconds
 */
export function isMakerGone(
  maker: string,
  paths: readonly string[],
  unknownIsGoneAfterMs = UNKNOWN_IS_GONE_AFTER_MS,
): boolean {
  const [kernel = UNKNOWN, namespace = UNKNOWN, pid = '', start = '0'] = maker.split('-');
  const own = here();
  if (isSameKernel(kernel, own.kernel) && isSameNamespace(namespace, own.namespace)) {
    return hasEnded(Number(pid), start);
  }
  const changed = Math.max(...paths.map((path) => changeOf(path)));
  if (!isSameKernel(kernel, own.kernel) && endedWithItsKernel(kernel, changed, paths)) return true;
  return Date.now() - changed > unknownIsGoneAfterMs;
}

function isSameKernel(one: string, other: string): boolean {
  return one === other && one !== UNKNOWN;
}

// Without namespaces it is the second in which the system started, as far as the clock can tell.
function isSameNamespace(one: string, other: string): boolean {
  if (process.platform === 'linux') return one === other && one !== UNKNOWN;
  return Math.abs(Number.parseInt(one, 16) - Number.parseInt(other, 16)) <= 5;
}

function hasEnded(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Every other answer comes from a process that exists.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
  const now = startOf(`${pid}`, pid);
  // Unknown where `/proc` hides it, and where the maker did not know its own.
  return now !== undefined && start !== '0' && now !== start;
}

function endedWithItsKernel(kernel: string, changed: number, [path = '']: readonly string[]): boolean {
  if (process.platform !== 'linux' || kernel === UNKNOWN) return false;
  if (changed >= Date.now() - uptime() * 1000 - CLOCK_SLACK_MS) return false;
  try {
    return OF_ONE_KERNEL.has(statfsSync(path).type);
  } catch {
    return false;
  }
}

function changeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.ctimeMs ?? Date.now();
}

interface Here {
  readonly kernel: string;
  readonly namespace: string;
}

let known: Here | undefined;

/** This running kernel, and the namespace of process numbers that this process is in. */
function here(): Here {
  known ??= process.platform === 'linux' ? linux() : other();
  return known;
}

function linux(): Here {
  try {
    return {
      kernel: digest(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
      namespace: digest(readlinkSync('/proc/self/ns/pid')),
    };
  } catch {
    return { kernel: UNKNOWN, namespace: UNKNOWN };
  }
}

function other(): Here {
  const started = Math.round(Date.now() / 1000 - uptime());
  return { kernel: digest(hostname()), namespace: started.toString(16).padStart(8, '0') };
}

/**
 * When a process started, in the kernel's ticks (field 22 of `/proc/PID/stat`, proc(5)); `dead` for one that only waits
 * to be waited for; `undefined` where that can't be seen, or where `/proc` counts processes of another namespace.
 */
function startOf(name: string, pid: number): string | undefined {
  try {
    if (readlinkSync('/proc/self') !== String(process.pid)) return undefined;
    const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
    if (Number.parseInt(stat, 10) !== pid) return undefined;
    // The second field is the command in parentheses and may hold anything, blanks and parentheses too.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' || state === 'X' ? 'dead' : fields[18];
  } catch {
    return undefined;
  }
}

function digest(text: string): string {
  return fingerprint(text).slice(0, 8);
}
