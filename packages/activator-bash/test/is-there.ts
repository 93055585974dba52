import { spawnSync } from 'node:child_process';

/** Whether a shell is on `PATH`. */
export function isThere(program: string): boolean {
  return spawnSync(program, ['-c', ':']).error === undefined;
}
