import { readdirSync, realpathSync } from 'node:fs';
import { VivariumError } from '../error.ts';
import type { Plan } from '../plan/plan.ts';

/** How what is built in a staging folder takes its place. */
export interface Exchange {
  /** The folder, empty, in which everything is built. */
  readonly staging: string;
  /** The moment at which it appears. */
  move(): void;
  /** Deletes what stood there before. Returns the folders of ours that can't be deleted. */
  finish(): readonly string[];
  /** May be called at any time before `finish`: puts back what was there. Returns a sentence on the state of things. */
  undo(): string;
}

/** Opens an exchange for a plan. */
export type OpenExchange = (plan: Plan) => Exchange;

/** The destination has to stay the same folder: something is mounted there, or the folder above can't be written. */
export class FixedFolder extends Error {}

/** The state after an undo: nothing of ours, but for folders that could not be taken away. */
export function nothingLeft(butFor: readonly string[] = []): string {
  return butFor.length === 0
    ? 'Nothing was left behind.'
    : `Left behind, since it can't be deleted: ${butFor.join(', ')}`;
}

/** The error of whoever comes second. */
export function takenError(destination: string, cause?: unknown): VivariumError {
  return new VivariumError(
    'DESTINATION_TAKEN',
    `${destination} was made by somebody else meanwhile (${describe(destination)})`,
    { cause, hint: 'What is there was left as it is. Another run may have made the same environment.' },
  );
}

function describe(folder: string): string {
  try {
    const names = readdirSync(folder);
    return names.includes('pyvenv.cfg') ? 'an environment' : `it holds ${names.slice(0, 3).join(', ')}`;
  } catch {
    return 'not a folder';
  }
}

/** Whether `folder` is this process's working folder, which its shell would lose if it were replaced. */
export function isWorkingFolder(folder: string): boolean {
  try {
    return realpathSync(folder) === process.cwd();
  } catch {
    return false;
  }
}
