import { type Environment, pathsOf, promptOf } from './environment.ts';
import type { Plugin, Support } from './plugin.ts';
import type { Options, Settings } from './settings/option.ts';

/** A file to be written into the environment's scripts directory. */
export interface ActivationScript {
  /** A file name without any directory: `activate.fish`. */
  readonly name: string;
  /** The whole file. It is written in UTF-8 as it is: a byte order mark and the line endings are the script's own. */
  readonly contents: string;
}

/** The command that activates an environment in a given shell. It is printed after an environment was created. */
export interface ActivationCommand {
  /** The shells that it is typed in, by the names of their programs without `.exe`: `['bash', 'zsh']`. */
  readonly shells: readonly string[];
  /** The name of the script that it reads: `activate.fish`. */
  readonly script: string;
  /**
   * The command line.
   *
   * @param path the path of the script, absolute or relative to the cwd, in the notation of the interpreter's platform;
   *   the line quotes it where that is needed ({@link asTyped})
   * @param shell one of `shells`
   */
  line(path: string, shell: string): string;
  /**
   * One word of the shell that stands for exactly a text, as the script has it: so that a script can be moved with its
   * environment. Missing for a language that has no such word.
   */
  quote?(text: string): string;
  /**
   * The line that sets a variable which programs inherit, or unsets it where there is no value: what `vivarium env` prints.
   * Missing for a shell that cannot read such lines.
   *
   * @param name a name of letters, digits and `_`
   * @param shell one of `shells`
   */
  variableLine?(name: string, value: string | undefined, shell: string): string;
}

/** A plugin that writes the scripts with which one shell activates and deactivates an environment. */
export interface Activator<O extends Options = Options> extends Plugin<'activator', O> {
  /**
   * Whether this shell can serve the environment: asked once, when the environment is planned. The interpreter's
   * platform decides, not the host's. A name that the shell can't express safely is a reason to say no; the other
   * activators are written all the same.
   */
  supports(environment: Environment): Support;
  /** The scripts. Called only after {@link Activator.supports} said yes. It writes nothing itself. */
  scripts(environment: Environment, settings: Settings<O>): readonly ActivationScript[];
  /** What to type in this shell. Missing for a script that is not typed: then no activation command is printed. */
  readonly activationCommand?: ActivationCommand;
}

/** Checks an activator against its contract and keeps the exact types of its options. */
export function defineActivator<const O extends Options>(activator: Activator<O>): Activator<O> {
  return Object.freeze(activator);
}

/**
 * Puts values into a script: each `__VIVARIUM_NAME__` becomes the value of that name, quoted for the script's language.
 * It is done in one pass, so that a value that looks like a placeholder stays as it is.
 *
 * @throws TypeError when the script has a placeholder that there is no value for
 */
export function fillScript(
  script: string,
  values: Readonly<Record<string, string>>,
  quote: (value: string) => string,
): string {
  return script.replace(/__VIVARIUM_([A-Z_]+?)__/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`There is no value for ${placeholder}`);
    return quote(value);
  });
}

/** What every activation script is told about its environment. The names are those of the placeholders. */
export interface ScriptValues {
  readonly [name: string]: string;
  /** The absolute path of the environment. */
  readonly DESTINATION: string;
  /** The prompt that was asked for, empty if none was: then a script shows the name of the directory that it is in. */
  readonly PROMPT: string;
  /** The name that is shown, from {@link promptOf}: for scripts that cannot tell where they are. */
  readonly NAME: string;
  /** The directory of the scripts, relative to the environment, with `/`: `bin`. */
  readonly SCRIPTS: string;
  /** The environment, relative to the directory of the scripts, with `/`: `..`. */
  readonly ROOT: string;
  /** The interpreter, relative to the environment, with `/`: `bin/python`. */
  readonly PYTHON: string;
  /** The values of `TCL_LIBRARY` and `TK_LIBRARY`, empty where Python needs none. */
  readonly TCL: string;
  readonly TK: string;
}

/** The values for {@link fillScript} that all activators share; an activator adds its own or replaces some. */
export function scriptValues(environment: Environment): ScriptValues {
  const { destination, interpreter, layout, prompt = '' } = environment;
  return {
    DESTINATION: destination,
    PROMPT: prompt,
    NAME: promptOf(environment),
    SCRIPTS: layout.scripts,
    ROOT: layout.scripts.replace(/[^/]+/g, '..'),
    PYTHON: layout.executable,
    TCL: interpreter.tcl?.tclLibrary ?? '',
    TK: interpreter.tcl?.tkLibrary ?? '',
  };
}

/**
 * Why the environment's scripts directory cannot be an entry of `PATH`, as a reason for {@link Activator.supports};
 * `undefined` if it can. The separator of `PATH` cannot be escaped (POSIX.1-2024, 8.3).
 */
export function pathEntryProblem({ destination, interpreter }: Environment): string | undefined {
  const { delimiter, parse } = pathsOf(interpreter);
  // On Windows the colon after the drive is part of the root.
  const isSplit = destination.slice(parse(destination).root.length).includes(delimiter);
  return isSplit ? `a directory with ${delimiter} in its name cannot be an entry of PATH: ${destination}` : undefined;
}

/** A path as someone would type it: as it is where that is one plain word to any shell, else quoted. */
export function asTyped(path: string, quote: (value: string) => string): string {
  return /^[\w./][\w./+-]*$/.test(path) ? path : quote(path);
}
