import type { Environment } from './environment.ts';
import type { Plugin, Support } from './plugin.ts';
import type { Options, Settings } from './settings/option.ts';

/** A file to be written into the environment's scripts folder. */
export interface ActivationScript {
  /** A file name without any folder: `activate.fish`. */
  readonly name: string;
  /** The whole file. It is written in UTF-8 as it stands: a byte order mark and the line endings are the script's own. */
  readonly contents: string;
}

/** How people enter an environment in their shell: what they are shown when it was made. */
export interface Entering {
  /** The programs that it is typed in, by their names without `.exe`: `['bash', 'zsh']`. */
  readonly shells: readonly string[];
  /** The name of the script that is read: `activate.fish`. */
  readonly script: string;
  /**
   * The line to be typed.
   *
   * @param path where the script is, absolute or from the working folder, in the notation of the interpreter's platform;
   *   the line quotes it where that is needed ({@link asTyped})
   * @param shell which one of `shells`
   */
  command(path: string, shell: string): string;
}

/** A plugin that writes the scripts with which one shell enters and leaves an environment. */
export interface Activator<O extends Options = Options> extends Plugin<'activator', O> {
  /**
   * Whether this shell can serve the environment: asked once, when the environment is planned. The interpreter's
   * platform decides, not the host's. A name that the shell can't express safely is a reason to say no; the other
   * activators are written all the same.
   */
  supports(environment: Environment): Support;
  /** The scripts. Called only after {@link Activator.supports} said yes. It writes nothing itself. */
  scripts(environment: Environment, settings: Settings<O>): readonly ActivationScript[];
  /** Missing for what nobody types: then people are not told how to enter. */
  readonly entering?: Entering;
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

/** A path as somebody would type it: as it stands where that is one plain word to any shell, else quoted. */
export function asTyped(path: string, quote: (value: string) => string): string {
  return /^[\w./][\w./+-]*$/.test(path) ? path : quote(path);
}
