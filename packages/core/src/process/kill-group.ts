import type { ChildProcess } from 'node:child_process';

/**
 * Ends a process and all that it started. On POSIX systems it has to lead a group of its own (`detached`), and on
 * Windows `taskkill` finds its children.
 */
export function killGroup(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform !== 'win32') process.kill(-child.pid, signal);
    else if (child.exitCode === null) killTree(child);
  } catch {
    // It is gone already.
  }
}

function killTree(child: ChildProcess): void {
  void import('node:child_process').then(({ spawn }) => {
    const killer = spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    killer.on('error', () => child.kill('SIGKILL'));
  });
}
