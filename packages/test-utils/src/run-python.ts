import { execFile, execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import description from './describe.py';

/** How a Python is started. */
export interface RunOptions {
  readonly variables?: NodeJS.ProcessEnv;
  /** The working directory. */
  readonly directory?: string;
}

/** Runs a program, without what the surroundings may have set for Python, and returns what it prints. */
export function runPython(executable: string, args: readonly string[], options: RunOptions = {}): string {
  return execFileSync(executable, args, { ...surroundings(options), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** The same for one that may take minutes: the test runner takes a test that does not let it speak for dead. */
export async function waitForPython(
  executable: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { stdout } = await promisify(execFile)(executable, args, surroundings(options));
  return stdout;
}

function surroundings({ variables, directory }: RunOptions) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PYTHON|VIRTUAL_ENV|PIP_)/.test(name));
  return {
    encoding: 'utf8',
    env: { ...Object.fromEntries(kept), ...variables },
    cwd: directory ?? process.cwd(),
  } as const;
}

/**
 * What the Python of an environment knows of itself: prefixes, search path, `sysconfig`, `site`, whether it has `ssl`,
 * `ctypes` and `sqlite3`. The environment's directory is replaced by `ENV`.
 *
 * @param options - of the interpreter: `-I`, `-E` …
 */
export async function describePython(
  root: string,
  options: readonly string[] = [],
  run: RunOptions = {},
): Promise<Readonly<Record<string, unknown>>> {
  const text = await waitForPython(join(root, 'bin', 'python'), [...options, '-c', description], run);
  return JSON.parse(text.replaceAll(root, 'ENV'));
}
