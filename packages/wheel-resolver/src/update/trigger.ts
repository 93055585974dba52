import { type Context, formatMinorVersion, type Interpreter } from '@vivarium/core/plugin';
import { isExact } from '../choose/choose.ts';
import type { SeedRequest } from '../request.ts';
import { isDue, readState, stateFile, type UpdateState } from './state.ts';

/** The seeds whose newest version is wanted: not those of a version of their own, nor what has to be shipped. */
export function updatable(requests: readonly SeedRequest[]): readonly string[] {
  return requests.flatMap(({ name, range, isShipped }) => (isShipped || isExact(range) ? [] : [name]));
}

/** What a run that has just chosen its seeds knows. */
export interface TriggerRequest {
  readonly names: readonly string[];
  readonly interpreter: Interpreter;
  readonly context: Context;
}

/**
 * Starts a process that looks for newer seeds, where that is due, and doesn't wait for it. Each distribution and minor
 * version of Python has a state of its own in the cache; where that can't be written, or the run's program may not be
 * started again, nothing is started.
 */
export async function triggerUpdates({ names, interpreter, context }: TriggerRequest): Promise<void> {
  const { program } = context;
  if (program === undefined) {
    context.debug('newer seed packages are not looked for, because this program is not to be started a second time');
    return;
  }
  const python = formatMinorVersion(interpreter.version);
  const now = Date.now();
  const due = names.filter((name) => {
    const state = readState(name, python, context);
    return isDue(state, now) && claim(name, python, { context, state: { ...state, started: now } });
  });
  if (due.length === 0) return;
  const { updateInBackground } = await import('./background.ts');
  await updateInBackground({ names: due, python, interpreter, context }, program);
}

function claim(
  name: string,
  python: string,
  { context, state }: { readonly context: Context; readonly state: UpdateState },
): boolean {
  const text = JSON.stringify(state);
  context.cache.writeText(stateFile(name, python), text);
  return context.cache.readText(stateFile(name, python)) === text;
}
