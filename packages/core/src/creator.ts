import type { Layout } from './environment.ts';
import type { Interpreter } from './interpreter.ts';
import type { Step } from './plan/step.ts';
import type { Awaitable, Plugin, Support } from './plugin.ts';
import type { Options, Settings } from './settings/option.ts';

/** What every creator is asked for. */
export interface CreationRequest {
  /** Absolute, in the notation of the interpreter's platform. */
  readonly destination: string;
  readonly interpreter: Interpreter;
  /** Whether executables are linked to the base or copied. */
  readonly executables: 'symlink' | 'copy';
  readonly systemSitePackages: boolean;
}

/** What a creator answers. */
export interface Creation {
  readonly layout: Layout;
  /** Directories, executables and libraries. `pyvenv.cfg` and the marker files are added by core. */
  readonly steps: readonly Step[];
  /** Further keys for `pyvenv.cfg`; one that every environment has replaces core's value for it. */
  readonly configuration?: readonly (readonly [key: string, value: string])[];
  /**
   * Why the creator is not certain that the environment will work: a fallback was taken, say. Its Python is then
   * started once before the run is over, as `--verify` does.
   */
  readonly uncertain?: string;
}

/** A plugin that says whether it can create an environment for an interpreter, and plans the files of it. */
export interface Creator<O extends Options = Options> extends Plugin<'creator', O> {
  /** Asked in a stated order; the first creator that says yes is taken unless the user named one. */
  supports(interpreter: Interpreter): Support;
  /** Plans and writes nothing. Called only after {@link Creator.supports} said yes. */
  plan(request: CreationRequest, settings: Settings<O>): Awaitable<Creation>;
}

/** Checks a creator against its contract and keeps the exact types of its options. */
export function defineCreator<const O extends Options>(creator: Creator<O>): Creator<O> {
  return Object.freeze(creator);
}
