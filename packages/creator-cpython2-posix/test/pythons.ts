import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The Python 2.7 that pyenv installed. */
export const PYTHON: string = join(
  process.env.PYENV_ROOT ?? join(homedir(), '.pyenv'),
  'versions',
  '2.7.18',
  'bin',
  'python',
);

/** It is optional on a developer's machine; in CI its absence is a failure. */
export const isMissing: boolean = !existsSync(PYTHON) && process.env.CI !== 'true';

/** Runs a Python, without what the surroundings may have set for it, and returns what it prints. */
export function run(python: string, args: readonly string[], options: RunOptions = {}): string {
  const surroundings = Object.entries(process.env).filter(([name]) => !/^(PYTHON|VIRTUAL_ENV|PIP_)/.test(name));
  const env = { ...Object.fromEntries(surroundings), ...options.variables };
  const cwd = options.folder ?? process.cwd();
  return execFileSync(python, args, { encoding: 'utf8', env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
}

interface RunOptions {
  readonly variables?: NodeJS.ProcessEnv;
  readonly folder?: string;
}
