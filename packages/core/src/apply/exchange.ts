import { readdirSync, realpathSync } from 'node:fs';
import { VivariumError } from '../error.ts';
import type { Plan } from '../plan/plan.ts';

/** How what is built in a staging directory takes its place. */
export interface Exchange {
  /** The directory, empty, in which everything is built. */
  readonly staging: string;
  /** The moment at which it appears. */
  move(): void;
  /** Deletes what existed before. Returns the directories of ours that can't be deleted. */
  finish(): readonly string[];
  /** May be called at any time before `finish`: puts back what was there. Returns a sentence on the state of things. */
  undo(): string;
}

/** Opens an exchange for a plan. */
export type OpenExchange = (plan: Plan) => Exchange;

/** The destination has to stay the same directory: something is mounted there, or the directory above can't be written. */
export class FixedDirectory extends Error {}

/** The state after an undo: nothing of ours, but for directories that could not be taken away. */
export function nothingLeft(butFor: readonly string[] = []): string {
  return butFor.length === 0
    ? 'Nothing was left behind.'
    : `Left behind, since it can't be deleted: ${butFor.join(', ')}`;
}

/** The error of anyone who comes second. */
export function takenError(destination: string, cause?: unknown): VivariumError {
  return new VivariumError(
    'DESTINATION_TAKEN',
    `${destination} was created by another process in the meantime (${describe(destination)})`,
    { cause, hint: 'What is there was left as it is. Another run may have made the same environment.' },
  );
}

function describe(directory: string): string {
  try {
    const names = readdirSync(directory);
    return names.includes('pyvenv.cfg') ? 'an environment' : `it holds ${names.slice(0, 3).join(', ')}`;
  } catch {
    return 'not a directory';
  }
}

/** Whether `directory` is this process's working directory, which its shell would lose if it were replaced. */
export function isCwd(directory: string): boolean {
  try {
    return realpathSync(directory) === process.cwd();
  } catch {
    return false;
  }
}
