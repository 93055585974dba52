import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { VivariumError } from '../error.ts';
import type { ChangePlan } from '../plan/plan.ts';
import type { Slices } from '../slices.ts';
import type { Entries } from './entries.ts';
import type { Proof } from './proof.ts';
import type { RunDirectory } from './run-directory.ts';

/** How what is built in a staging directory takes its place. */
export interface Commit {
  /** Where everything is built. */
  readonly run: RunDirectory;
  /** Waits until no other run is changing the destination. */
  claim?(): Promise<void>;
  /**
   * The moment at which the environment appears.
   *
   * @param entries how many entries each of its directories has to have; a staging directory that has lost some is rolled
   *   back
   * @throws VivariumError `STAGING_NOT_INTACT`
   */
  commit(entries: Entries): Slices;
  /** Whether what was committed is still what is at the destination. */
  isInPlace(): boolean;
  /**
   * Deletes what was there before. Gives the directories of ours that can't be deleted.
   *
   * @param keep is offered what was replaced, by its path, and says whether it has taken it from there
   */
  cleanup(keep?: (path: string) => boolean): Slices<readonly string[]>;
  /** May be called at any time before `cleanup`: puts back what was there. Gives a sentence on the state of things. */
  rollback(): Slices<string>;
}

/** Opens a commit for a plan. */
export type OpenCommit = (plan: ChangePlan, proof: Proof) => Commit;

/** The destination can't be replaced as a whole: something is mounted there, or the system refuses to rename it. */
export class DestinationPinnedError extends Error {}

/** The state after a rollback: nothing of ours, except for directories that could not be removed. */
export function nothingLeft(except: readonly string[] = []): string {
  return except.length === 0
    ? 'Nothing was left behind.'
    : `Left behind, because it can't be deleted: ${except.join(', ')}`;
}

/** The error of the run that comes second. */
export function takenError(destination: string, cause?: unknown): VivariumError {
  return new VivariumError(
    'DESTINATION_TAKEN',
    `${destination} was created by another process in the meantime (${describe(destination)})`,
    { cause, hint: 'What is there was left as it is. Another run may have created the same environment.' },
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

/** Whether `directory` is the cwd of this process, which its shell would lose if it were replaced. */
export function isCwd(directory: string): boolean {
  if (!existsSync(directory)) return false;
  try {
    return realpathSync(directory) === process.cwd();
  } catch {
    return false;
  }
}
