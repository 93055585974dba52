import { execFileSync } from 'node:child_process';

/** The path of the `python3` that is first on `PATH`. */
export function findPython(): string {
  return execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
}
