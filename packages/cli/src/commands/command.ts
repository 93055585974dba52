import type { Options, SettingLayers } from '@vivarium/core/host';

/** A row of the table of commands: what a list of commands shows, and the file with the rest. */
export interface CommandEntry {
  /** What users type. */
  readonly name: string;
  /** The arguments as the usage line shows them: `[DEST...]`. Empty for none. */
  readonly positionals: string;
  /** One clause for the list of commands: lower case, no full stop. */
  readonly summary: string;
  /** Called by other programs: not listed and not suggested. */
  readonly hidden?: true;
  /** Loads the file of the command. A run loads only the command that it executes. */
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** What the file of a command says and does. Help, completion and the reference page are derived from it. */
export interface Command {
  /** What the help says between the usage line and the options. */
  readonly description: readonly string[];
  /**
   * The options that the help lists and that are completed.
   *
   * @param layers the settings as far as they are known: they select plugins, which declare options too
   * @param warn is told when the options of these plugins cannot be read
   */
  options(layers: SettingLayers, warn: (message: string) => void): Options | Promise<Options>;
  /**
   * Of a command whose options do not fit on one screen, those that the help shows first, by the names that they are
   * declared by.
   */
  readonly common?: readonly string[];
  /** What can be completed where a positional argument is expected. */
  readonly completes?: 'directories' | 'environments' | 'commands' | readonly string[];
  /** Lines after the options. */
  readonly closing?: readonly string[];
  /**
   * Executes the command.
   *
   * @param args the words after the command's name
   * @param commands the table of all commands
   * @throws VivariumError `ARGUMENT_INVALID` (exit code 2) when the words are wrong, and whatever the work can fail
   * with
   */
  run(args: readonly string[], commands: readonly CommandEntry[]): Promise<void>;
}
