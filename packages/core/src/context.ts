import type { Cache } from './cache/cache.ts';
import type { RunEvent, WarningCode } from './event.ts';
import type { Pause } from './slices.ts';

/** A program that can be started again, by Node. */
export interface OwnProgram {
  /** Node. */
  readonly executable: string;
  /** The URL of the module that does the work in the background. */
  readonly url: string;
}

/** What the pipeline hands to plugins that do more than compute. */
export interface Context {
  /** The environment variables of the run; read these and not `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory of the run, absolute. */
  readonly cwd: string;
  readonly cache: Cache;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
  /**
   * The program of the run, where it may be started a second time to work in the background. A library does not know the
   * program that it is part of, and starting that again would open a second window of an application.
   */
  readonly program?: OwnProgram | undefined;
  /** Tells the user something that is no error, in one sentence, and a program what it is about. */
  warn(message: string, code?: WarningCode): void;
  /** Tells what is being done, for `-v`. */
  debug(message: string): void;
  /** Tells a program how far the run is; missing where none wants to know. */
  readonly emit?: ((event: RunEvent) => void) | undefined;
  /** Where work that takes long is divided, what is asked in between; missing where nothing else waits for this process. */
  readonly pause?: Pause | undefined;
}
