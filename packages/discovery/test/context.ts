import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cache, type Context, openCache } from '@vivarium/core';
import builtin, { type Found, findInterpreter } from '@vivarium/discovery';
import { onTestFinished } from 'vitest';

/** A fresh folder, gone when the test is over. */
export function freshFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'vivarium-discovery-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestContext extends Context {
  /** What was traced, line by line. */
  readonly traced: readonly string[];
}

export interface ContextRequest {
  /** Beside a `HOME` that is empty. Without `PATH` there is an empty one. */
  readonly env?: Readonly<Record<string, string>>;
  readonly workingFolder?: string;
  readonly cache?: Cache;
  readonly signal?: AbortSignal;
}

/** A run of its own, which sees only the variables that the test names. */
export function contextFor(request: ContextRequest = {}): TestContext {
  const folder = freshFolder();
  const traced: string[] = [];
  return {
    env: { HOME: folder, PATH: '', ...request.env },
    workingFolder: request.workingFolder ?? folder,
    cache: request.cache ?? openCache({ folder: join(folder, 'cache') }),
    signal: request.signal ?? new AbortController().signal,
    notice: () => {},
    trace: (message) => traced.push(message),
    traced,
  };
}

/** The same run again: what is on disk stays, what was kept in memory doesn't. */
export function again(context: TestContext): TestContext {
  const traced: string[] = [];
  const cache = openCache({ folder: context.cache.folder });
  return { ...context, cache, trace: (message) => traced.push(message), traced };
}

/** What the built-in discoverer finds. */
export function find(context: Context, ...specs: string[]): Promise<Found> {
  return findInterpreter({ specs, discoverer: builtin, settings: { tryFirstWith: [] }, context });
}
