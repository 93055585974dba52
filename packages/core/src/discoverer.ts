import type { Context } from './context.ts';
import type { Plugin } from './plugin.ts';
import type { Options, Settings } from './settings/option.ts';
import type { Spec } from './spec/spec.ts';

/** An executable that may be the interpreter that is looked for. It is probed before anything is believed of it. */
export interface Candidate {
  /** Absolute path. */
  readonly executable: string;
  /** Where it was found, for messages: `PATH`, `pyenv`, `the Windows registry`. */
  readonly source: string;
  /** The user pointed at exactly this file: a failure to start it is an error and not a reason to look further. */
  readonly isExplicit?: true;
}

/** A plugin that finds candidate executables for a spec. */
export interface Discoverer<O extends Options = Options> extends Plugin<'discoverer', O> {
  /**
   * Candidates, best first. They are probed one by one and the first that fits is taken, so an iterable that works
   * lazily saves work. `undefined` asks for what a user means who asked for nothing.
   */
  candidates(
    spec: Spec | undefined,
    settings: Settings<O>,
    context: Context,
  ): AsyncIterable<Candidate> | Iterable<Candidate>;
}

/** Checks a discoverer against its contract and keeps the exact types of its options. */
export function defineDiscoverer<const O extends Options>(discoverer: Discoverer<O>): Discoverer<O> {
  return Object.freeze(discoverer);
}
