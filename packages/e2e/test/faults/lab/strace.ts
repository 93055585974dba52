import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Finished, type Sandbox, vivariumProgram } from '../../vivarium.ts';

/** The system calls that change a file system, each counted by itself. */
const CHANGING = [
  ...['mkdir', 'mkdirat', 'rmdir', 'unlink', 'unlinkat', 'rename', 'renameat', 'renameat2'],
  ...['link', 'linkat', 'symlink', 'symlinkat', 'openat', 'write', 'pwrite64', 'copy_file_range'],
  ...['fchmod', 'chmod', 'fchmodat', 'utimensat', 'ftruncate'],
] as const;

/** A moment in a run: the so-and-so-many-th call of one kind. */
export interface Moment {
  readonly call: string;
  /** Counted from 1, in the thread that makes it. */
  readonly when: number;
  /** As strace writes it down, for people. */
  readonly text: string;
}

export const hasStrace = existsSync('/usr/bin/strace');

/** Runs the command and lists the calls by which it changes what is in its sandbox. */
export async function listMoments(
  sandbox: Sandbox,
  args: readonly string[],
  cwd = sandbox.directory,
): Promise<readonly Moment[]> {
  const log = join(sandbox.directory, 'strace.log');
  const finished = await strace(sandbox, ['-y', '-o', log, '-e', `trace=${CHANGING.join(',')}`], args, cwd);
  if (finished.exitCode !== 0) throw new Error(`a run without any fault failed: ${finished.stderr}`);
  const counts = new Map<string, number>();
  const found = new Map<string, Moment>();
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [, thread, call = ''] = /^(\d+) +(\w+)\(/.exec(line) ?? [];
    if (thread === undefined) continue;
    const when = (counts.get(`${thread} ${call}`) ?? 0) + 1;
    counts.set(`${thread} ${call}`, when);
    if (isChange(call, line, sandbox)) found.set(`${call} ${when}`, { call, when, text: line.slice(0, 200) });
  }
  return [...found.values()];
}

/** What a process did that was disturbed. */
export interface Disturbed extends Finished {
  /** Whether the disturbance has happened, as strace has written down. A run that was not disturbed shows nothing. */
  readonly hasHappened: boolean;
}

/** Runs the command, and sends a signal to it when it makes that call. SIGKILL ends it before the call is done. */
export function signalAt(
  sandbox: Sandbox,
  { moment, signal }: { readonly moment: Moment; readonly signal: 'SIGINT' | 'SIGKILL' | 'SIGTERM' },
  args: readonly string[],
  cwd = sandbox.directory,
): Promise<Disturbed> {
  return inject(sandbox, { moment, what: `signal=${signal}`, args, cwd });
}

/** Runs the command, and lets that call fail once. */
export function failAt(
  sandbox: Sandbox,
  { moment, error }: { readonly moment: Moment; readonly error: string },
  args: readonly string[],
  cwd = sandbox.directory,
): Promise<Disturbed> {
  return inject(sandbox, { moment, what: `error=${error}`, args, cwd });
}

interface Injection {
  readonly moment: Moment;
  readonly what: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

async function inject(sandbox: Sandbox, { moment: { call, when }, what, args, cwd }: Injection): Promise<Disturbed> {
  const log = join(sandbox.directory, 'strace.log');
  rmSync(log, { force: true });
  const fault = ['-e', `trace=${call}`, '-e', `inject=${call}:${what}:when=${when}`];
  // With the filter strace injects errors and no signals.
  const filter = what.startsWith('error=') ? ['--seccomp-bpf'] : [];
  const finished = await strace(sandbox, [...filter, '-o', log, ...fault], args, cwd);
  const text = readFileSync(log, 'utf8');
  rmSync(log);
  const [, signal = ''] = what.split('=');
  const hasHappened = what.startsWith('error=')
    ? text.includes('(INJECTED)')
    : text.includes(`+++ killed by ${signal} +++`) || text.includes(`--- ${signal} {`);
  return { ...finished, hasHappened };
}

// One thread for what Node does in the background makes the count exact.
function strace(sandbox: Sandbox, options: readonly string[], args: readonly string[], cwd: string): Promise<Finished> {
  const command = [...vivariumProgram(), ...args];
  return sandbox.runIn(cwd, 'env', 'UV_THREADPOOL_SIZE=1', 'strace', '-f', '-qq', ...options, ...command);
}

function isChange(call: string, line: string, { directory }: Sandbox): boolean {
  // Directories that are held open are reached by their number.
  if (!line.includes(directory) && !line.includes('"/proc/self/fd/')) return false;
  if (call === 'openat') return line.includes('O_CREAT');
  return true;
}
