import type { Surroundings } from './find-command.ts';

/** What is started. */
export interface CommandRequest extends Surroundings {
  /** The command and its arguments. */
  readonly words: readonly [string, ...string[]];
}
