import type { CommandContext } from './find-command.ts';

/** What is started. */
export interface CommandRequest extends CommandContext {
  /** The command and its arguments. */
  readonly words: readonly [string, ...string[]];
}
