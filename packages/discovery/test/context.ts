import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cache, type Context, openCache } from '@vivarium/core/host';
import builtin, { type FoundInterpreter, findInterpreter } from '@vivarium/discovery';
import { onTestFinished } from 'vitest';

/** A fresh directory, gone when the test is over. */
export function freshDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-discovery-')));
  onTestFinished(() => {
    // A test may have closed a directory in it, which keeps out everyone but root.
    if (process.platform !== 'win32') execFileSync('chmod', ['-R', 'u+rwX', directory]);
    rmSync(directory, { recursive: true, force: true });
  });
  return directory;
}

export interface TestContext extends Context {
  /** What was debugMessages, line by line. */
  readonly debugMessages: readonly string[];
}

export interface ContextRequest {
  /** Next to a `HOME` that is empty. Without `PATH` there is an empty one. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly cache?: Cache;
  readonly signal?: AbortSignal;
}

/** A run of its own, which sees only the variables that the test names. */
export function contextFor(request: ContextRequest = {}): TestContext {
  const directory = freshDirectory();
  const debugMessages: string[] = [];
  return {
    env: { HOME: directory, PATH: '', ...request.env },
    cwd: request.cwd ?? directory,
    cache: request.cache ?? openCache({ directory: join(directory, 'cache') }),
    signal: request.signal ?? new AbortController().signal,
    warn: () => {},
    debug: (message) => debugMessages.push(message),
    debugMessages,
  };
}

/** The same run again: what is on disk stays, what was kept in memory doesn't. */
export function again(context: TestContext): TestContext {
  const debugMessages: string[] = [];
  const cache = openCache({ directory: context.cache.directory });
  return { ...context, cache, debug: (message) => debugMessages.push(message), debugMessages };
}

/** What the built-in discoverer finds. */
export function find(context: Context, ...specs: string[]): Promise<FoundInterpreter> {
  return findInterpreter({ specs, discoverer: builtin, settings: { tryFirstWith: [] }, context });
}
