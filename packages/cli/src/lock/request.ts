import type { Interpreter } from '@vivarium/core/host';
import type { Context } from '@vivarium/core/plugin';
import type { Pylock } from '@vivarium/pylock';

/** The programs that resolve requirements. */
export type ResolverName = 'pip' | 'uv';

/** What is to be resolved, and for which Python. */
export interface ResolutionRequest {
  /** Absolute paths of requirements files. */
  readonly files: readonly string[];
  /** Requirements as they are typed. */
  readonly specs: readonly string[];
  /** What has no wheel may be built, which runs its code. */
  readonly allowBuild: boolean;
  /** The Python that the packages are for. It is also what pip is run with. */
  readonly interpreter: Interpreter;
  readonly context: Context;
}

/** What a resolver found. */
export interface Resolution {
  /** Without credentials in any URL. */
  readonly lock: Pylock;
  /** The packages that were asked for by themselves, by their normalized names; `undefined` where it is not known. */
  readonly requested?: ReadonlySet<string>;
  /** The program and its version: `pip 26.3`. */
  readonly resolver: string;
}
