import { type Context, type Interpreter, type OwnProgram, openCache } from '@vivarium/core/host';
import { startInBackground } from '@vivarium/core/internal';
import { findUpdates } from './find-updates.ts';
import { readState, stateFile } from './state.ts';

/** What a background process looks for. */
export interface BackgroundUpdate {
  readonly names: readonly string[];
  /** A minor version, `3.12`. */
  readonly python: string;
  readonly interpreter: Interpreter;
  readonly context: Context;
}

/**
 * Starts a process that looks for newer seeds and that no one waits for.
 *
 * @param program has a module that exports {@link runUpdateJob}
 */
export async function updateInBackground(
  { names, python, interpreter, context }: BackgroundUpdate,
  program: OwnProgram,
): Promise<void> {
  const job: UpdateJob = { names, python, interpreter, cacheDirectory: context.cache.directory };
  // Out of CommonJS everything comes as the default.
  const script =
    'import(process.argv[1]).then((it) => (it.runUpdateJob ?? it.default.runUpdateJob)(JSON.parse(process.argv[2])))';
  const args = ['--input-type=module', '-e', script, program.url, JSON.stringify(job)];
  const { directory: cwd } = context.cache;
  await startInBackground({ executable: program.executable, args, env: context.env, cwd });
}

/** The same as it travels to the process. */
export interface UpdateJob extends Omit<BackgroundUpdate, 'context'> {
  readonly cacheDirectory: string;
}

/**
 * What the process does.
 *
 * @public called by the script above
 */
export async function runUpdateJob({ names, python, interpreter, cacheDirectory }: UpdateJob): Promise<void> {
  const context: Context = {
    env: process.env,
    cwd: cacheDirectory,
    cache: openCache({ directory: cacheDirectory }),
    signal: new AbortController().signal,
    warn: () => {},
    debug: () => {},
  };
  const results = await findUpdates({ names, pythons: [python], origin: 'periodic', interpreter, context });
  for (const { name, failure } of results) {
    if (failure !== undefined) continue;
    const state = { ...readState(name, python, context), completed: Date.now() };
    context.cache.writeText(stateFile(name, python), JSON.stringify(state));
  }
}
