import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Cache, openCache, type Plan } from '@vivarium/core/host';
import { testDirectory } from '../directory.ts';
import { planOf } from '../example.ts';

/** What a run left behind that was killed. */
export interface KilledRun {
  /** The directory of the run. */
  readonly path: string;
  /** Where a directory of a role is, or would be. */
  pathOf(role: 'new' | 'out' | 'old' | 'back' | 'busy'): string;
}

/** A cache of its own. */
export function testCache(): Cache {
  return openCache({ directory: join(testDirectory(), 'cache') });
}

/** Lets a run for a destination be killed in its staging directory, which has a file `x`. */
export function killedRun(destination: string, cache: Cache | undefined, mode: Plan['mode'] = 'create'): KilledRun {
  const directory = mode === 'refresh' ? destination : dirname(destination);
  const before = new Set(readdirSync(directory));
  const plan = planOf(destination, mode, [
    { kind: 'file', path: 'x', contents: '' },
    { kind: 'run', place: 'staging', command: ['/bin/sh', '-c', 'kill -9 $PPID'], purpose: 'die' },
  ]);
  runElsewhere(
    `await applyPlan(${JSON.stringify(plan)}, ${cache === undefined ? '{}' : `{ cache: openCache({ directory: ${JSON.stringify(cache.directory)} }) }`});`,
  );
  const [name] = readdirSync(directory).filter((entry) => !before.has(entry));
  if (name === undefined) throw new Error('the run left nothing behind');
  const path = join(directory, name);
  const [staging = ''] = readdirSync(path);
  return { path, pathOf: (role) => join(path, staging.replace('new', role)) };
}

/** Runs code that uses core in a process of its own, by another program if there is one. */
export function runElsewhere(code: string, ...command: readonly string[]): string {
  const script = `import { applyPlan, openCache } from '@vivarium/core/host'; import { recoverDestination } from '@vivarium/core/internal'; ${code}`;
  const [program = '', ...args] = [...command, process.execPath, '--input-type=module', '--eval', script];
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: import.meta.dirname,
    });
  } catch (error) {
    const { signal, stderr } = error as { signal: string | null; stderr: string };
    if (signal === 'SIGKILL') return '';
    throw new Error(stderr, { cause: error });
  }
}
