import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Sample } from './sample.ts';
import type { Command } from './stopwatch.ts';

/** What strace has seen of a command and all that it started. */
export interface Traced extends Required<Pick<Sample, 'calls' | 'fileCalls' | 'processes'>> {
  /** The files that were opened, absolute or as they were named, each once. */
  readonly opened: readonly string[];
}

/**
 * Counts system calls with strace. All of them vary by some with the scheduling of threads; those that name a file, and
 * the processes that were started, are the same each time.
 *
 * @param scratch a directory for strace's own output
 */
export async function traceCalls(command: Command, scratch: string): Promise<Traced> {
  const log = join(scratch, 'strace.txt');
  const { argv, env, cwd } = command;
  await execa('strace', ['-f', '-qqq', '-o', log, ...argv], { env, cwd, extendEnv: false, stdin: 'ignore' });
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /^\d+ +\w+\(/.test(line));
  rmSync(log);
  const calls = lines.map((line) => /^\d+ +(\w+)\((.*)/.exec(line) ?? ['', '', '']);
  return {
    calls: calls.length,
    fileCalls: calls.filter(([, name]) => FILE_CALLS.has(name ?? '')).length,
    processes: calls.filter(([, name = '', rest = '']) => startsProcess(name, rest)).length,
    opened: [...new Set(calls.flatMap(([, name, rest]) => openedBy(name, rest)))],
  };
}

// strace's own class `%file`, as far as these programs use it.
const FILE_CALLS = new Set(
  `access chdir chmod chown creat execve faccessat faccessat2 fchmodat fchownat fstatat getcwd link linkat lstat mkdir
  mkdirat newfstatat open openat openat2 readlink readlinkat rename renameat renameat2 rmdir stat statfs statx symlink
  symlinkat truncate unlink unlinkat utime utimensat utimes`.split(/\s+/),
);

function startsProcess(name: string, rest: string): boolean {
  if (name === 'fork' || name === 'vfork') return true;
  return (name === 'clone' || name === 'clone3') && !rest.includes('CLONE_THREAD');
}

function openedBy(name = '', rest = ''): string[] {
  const path = name.startsWith('open') && !/ = -1 /.test(rest) ? /"([^"]*)"/.exec(rest)?.[1] : undefined;
  return path === undefined ? [] : [path];
}

/** Whether system calls can be counted here. */
export async function hasStrace(): Promise<boolean> {
  const { failed } = await execa('strace', ['-qqq', '-o', '/dev/null', 'true'], { reject: false });
  return !failed;
}
