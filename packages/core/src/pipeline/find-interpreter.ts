import type { Context } from '../context.ts';
import type { ConfiguredDiscoverer, Discoverer } from '../discoverer.ts';
import type { Interpreter } from '../interpreter.ts';
import type { Options, Settings } from '../settings/option.ts';

/** What finding an interpreter is asked with. The discovery package has the function that answers. */
export interface FindRequest {
  /** What the user asked for, in order of preference; empty when nothing was. */
  readonly specs: readonly string[];
  readonly discoverer: Discoverer;
  readonly settings: Settings<Options>;
  /** Asked after it, in this order. */
  readonly others?: readonly ConfiguredDiscoverer[];
  readonly context: Context;
}

/** Finds the interpreter that an environment is based on. */
export type FindInterpreter = (
  request: FindRequest,
) => Promise<{ readonly interpreter: Interpreter; readonly source: string }>;
