import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import description from './describe.py';

/** How a Python is started. */
export interface RunOptions {
  readonly variables?: NodeJS.ProcessEnv;
  /** The working folder. */
  readonly folder?: string;
}

/** Runs a program, without what the surroundings may have set for Python, and returns what it prints. */
export function runPython(executable: string, args: readonly string[], options: RunOptions = {}): string {
  const surroundings = Object.entries(process.env).filter(([name]) => !/^(PYTHON|VIRTUAL_ENV|PIP_)/.test(name));
  return execFileSync(executable, args, {
    encoding: 'utf8',
    env: { ...Object.fromEntries(surroundings), ...options.variables },
    cwd: options.folder ?? process.cwd(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/**
 * What the Python of an environment knows of itself: prefixes, search path, `sysconfig`, `site`, whether it has `ssl`,
 * `ctypes` and `sqlite3`. The environment's folder is replaced by `ENV`.
 *
 * @param options - of the interpreter: `-I`, `-E` …
 */
export function describePython(root: string, options: readonly string[] = [], run: RunOptions = {}): unknown {
  const executable = join(root, 'bin', 'python');
  return JSON.parse(runPython(executable, [...options, '-c', description], run).replaceAll(root, 'ENV'));
}
