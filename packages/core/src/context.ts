import type { Cache } from './cache/cache.ts';

/** What the pipeline hands to plugins that do more than compute. */
export interface Context {
  /** The environment variables of the run; read these and not `process.env`. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The working directory of the run, absolute. */
  readonly cwd: string;
  readonly cache: Cache;
  /** Aborted when the run is interrupted. */
  readonly signal: AbortSignal;
  /** Tells the user something that is no error, in one sentence. */
  warn(message: string): void;
  /** Tells what is being done, for `-v`. */
  debug(message: string): void;
}
