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

/** When a discoverer may fetch a Python: `never`; `missing` where nothing on this machine fits; `always` before it looks. */
export type FetchMode = 'never' | 'missing' | 'always';

/** What a discoverer does that can bring a Python to this machine. It is asked only where its settings allow it. */
export interface PythonFetching<O extends Options = Options> {
  /** What the settings of the discoverer allow. */
  when(settings: Settings<O>): FetchMode;
  /** Fetches the best match and names it; nothing where there is no match. */
  candidates(spec: Spec | undefined, settings: Settings<O>, context: Context): AsyncIterable<Candidate>;
  /** Where nothing was found: a sentence that says what could be fetched, and how, or why nothing was. */
  hint?(spec: Spec | undefined, settings: Settings<O>, context: Context): Promise<string | undefined>;
}

/** A discoverer with the settings that it is asked with. */
export interface ConfiguredDiscoverer {
  readonly discoverer: Discoverer;
  readonly settings: Settings<Options>;
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
  /** Brings Pythons to this machine, if the discoverer can. */
  readonly fetch?: PythonFetching<O>;
}

/** Checks a discoverer against its contract and keeps the exact types of its options. */
export function defineDiscoverer<const O extends Options>(discoverer: Discoverer<O>): Discoverer<O> {
  return Object.freeze(discoverer);
}
