import { type Activator, type Environment, type Interpreter, type Layout, pathsOf } from '@vivarium/core/host';
import { type Caller, callingShell } from './calling-shell.ts';

/** What is looked at to say how an environment is activated. */
export interface ActivationHintRequest {
  readonly environment: Pick<Environment, 'destination'> & {
    readonly interpreter: Pick<Interpreter, 'os'>;
    readonly layout: Pick<Layout, 'scripts'>;
  };
  /** Those that have written their scripts. */
  readonly activators: readonly Activator[];
  readonly cwd: string;
  readonly caller: Caller;
}

/** The line that activates an environment in the current shell; nothing where that is not known, or has no activator. */
export function activationHint({ environment, activators, cwd, caller }: ActivationHintRequest): string | undefined {
  const ways = activators.flatMap(({ activationCommand }) => activationCommand ?? []);
  const shell = callingShell(new Set(ways.flatMap(({ shells }) => shells)), caller);
  const way = ways.find(({ shells }) => shell !== undefined && shells.includes(shell));
  if (way === undefined || shell === undefined) return undefined;
  const { isAbsolute, join, relative, sep } = pathsOf(environment.interpreter);
  const script = join(environment.destination, environment.layout.scripts, way.script);
  const near = relative(cwd, script);
  const isBelow = !isAbsolute(near) && near.split(sep)[0] !== '..';
  // What begins with a dash would be an option.
  const path = isBelow && near.startsWith('-') ? `.${sep}${near}` : isBelow ? near : script;
  try {
    return way.line(path, shell);
  } catch {
    // The environment stands, whatever a plugin can't say about it.
    return undefined;
  }
}
