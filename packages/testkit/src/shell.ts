/**
 * What a shell may lack. Each name is a verb of {@link Shell} or something that an activator does. What isn't described
 * must be named in {@link Shell.lacks}, with the reason: the suite shows it, and skips nothing on its own account.
 */
export type Ability =
  | 'alias'
  | 'deactivate'
  | 'empty'
  | 'emptyPath'
  | 'executed'
  | 'foreign'
  | 'foreignDrawing'
  | 'foreignHome'
  | 'foreignLast'
  | 'foreignLocale'
  | 'foreignPath'
  | 'frozen'
  | 'function'
  | 'moved'
  | 'nested'
  | 'noHashing'
  | 'pip'
  | 'pkgConfigPath'
  | 'prompt'
  | 'promptVariable'
  | 'pydoc'
  | 'pythonHome'
  | 'quiet'
  | 'readLine'
  | 'reserved'
  | 'rewritten'
  | 'settings'
  | 'status'
  | 'strict'
  | 'tcl'
  | 'unexported'
  | 'wrappedPrompt';

/**
 * A shell as the conformance suite needs it: a few facts, and verbs that give lines of its language. A verb's argument
 * is a plain value; the description quotes it.
 */
export interface Shell {
  /** What the report calls it. */
  readonly name: string;
  /** The program, looked for on `PATH`, and words that always follow it: `['busybox', 'sh']`. */
  readonly command: readonly [string, ...string[]];
  /** Arguments that make `command` print its version; without them the report shows where it was found. */
  readonly version?: readonly string[];
  /** Why the project's set-up can't install it. Without this a missing shell is a failure where `CI` is `true`. */
  readonly cannotBeInstalled?: string;
  /** What this shell lacks, and why: a clause that completes "skipped because …". */
  readonly lacks?: Readonly<Partial<Record<Ability, string>>>;
  /** Variables that are set for every process of this shell, besides `PATH`, `HOME`, `LANG` and `TERM`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Variables that the shell itself changes in what it starts; they are not compared. */
  readonly ownVariables?: readonly string[];

  /** The file that the activator writes and a user sources: `activate.fish`. */
  readonly script: string;
  /** How files of its language end: `.fish`. */
  readonly extension: string;
  /** Arguments that run a file of its language. @default [file] */
  arguments?(file: string): readonly string[];
  /** Lines that stand before everything else in each file that is run. */
  readonly prologue?: string;

  /** One word that stands for exactly this text. */
  quote(text: string): string;
  /** Runs a program with words, none of which needs quoting. @default the words with a blank between */
  call?(words: readonly string[]): string;
  /** Enters the environment whose script is `script`, an absolute path. */
  activate(script: string): string;
  /** Leaves the environment whose scripts directory is given. */
  deactivate?(scripts: string): string;
  /** Reads a file of this language in the running shell; its path needs no quoting. @default what `activate` gives */
  include?(file: string): string;
  /** Sets and exports. */
  export(variable: string, value: string): string;
  unset(variable: string): string;
  /** Sets without exporting (ability `unexported`). */
  assign?(variable: string, value: string): string;
  /** Exports a copy `to` of the variable `from`, exported or not; takes `to` away if `from` isn't set. */
  copy(from: string, to: string): string;
  /** Keeps the status of the command before it in the exported variable. */
  status?(variable: string): string;
  /** Puts the first line of a file into the exported variable, without starting a process. */
  readLine?(file: string, variable: string): string;
  /** Stops at the first failure and at unset variables: `set -eu`. */
  readonly strict?: string;
  /**
   * Settings of the shell's own, each a line, under which a script may neither fail nor print anything: traps,
   * warnings, other ways to read quotes (ability `settings`).
   */
  readonly settings?: readonly string[];
  /**
   * The line of the script that tools which move environments rewrite, as a pattern, and what they put in its place
   * (ability `rewritten`).
   */
  rewrite?(place: string): readonly [line: RegExp, replacement: string];
  /** Puts a text before and after the prompt that is set, as an editor's integration does (ability `wrappedPrompt`). */
  wrapPrompt?(before: string, after: string): string;
  /** Stops the shell from remembering where commands are. */
  readonly noHashing?: string;
  /** Defines a function that runs `command` with its own name as the argument. */
  function?(name: string, command: string): string;
  /** Defines an alias for `command` followed by the alias's own name. */
  alias?(name: string, command: string): string;
  /** Keeps a function from being taken away or replaced: `readonly -f` (ability `frozen`). */
  freeze?(name: string): string;
  /** Words of the language itself that an alias can stand for, each tried alone (ability `reserved`). */
  readonly reserved?: readonly string[];
  /** Commands that a script may use and a user may have redefined: each is shadowed by a function and by an alias. */
  readonly commands?: readonly string[];

  /** How it is used at a terminal. */
  readonly prompt?: InteractivePrompt;
  /** The variable that the prompt is kept in. */
  readonly promptVariable?: string;
  /** Whether the activator is right to refuse this environment. @default it never is */
  refuses?(names: HostileNames): boolean;
  /**
   * Why the shell itself can't bear these names, whatever a script does: a clause that completes "left out because …".
   * `draw` asks about showing them in a prompt, `enter` about sourcing a script that holds them.
   *
   * @default it bears all names
   */
  cannotBear?(names: HostileNames, purpose: 'enter' | 'draw'): string | undefined;

  /** Milliseconds that a process of this shell may take for one script; more is allowed where one holds many names. @default 20000 */
  readonly timeLimit?: number;

  /** The platform of the interpreters that it is for. @default 'posix' */
  readonly os?: 'posix' | 'nt';
  /** A path of this machine in the shell's notation (`Z:\tmp\x` under wine). @default the same */
  path?(path: string): string;
  /** Instead of the suite's own helper programs, which are POSIX scripts. */
  readonly helpers?: Helpers;
}

/** A shell at a terminal, with a prompt of its own. */
export interface InteractivePrompt {
  /** Words after `command`. */
  readonly arguments: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A line, typed before all else, that sets the prompt. Without it the prompt comes from `env` or `arguments`. */
  readonly set?: string;
  /** How the shell's own prompt is drawn; it must not occur elsewhere. */
  readonly shows: string;
  /** How the environment's name is drawn in front of it. @default `(name) ` */
  draws?(name: string): string;
  /** A line that leaves the environment. @default what {@link Shell.deactivate} gives */
  readonly deactivate?: string;
  /** Milliseconds after which the prompt is drawn as it stays, for a shell that draws it in the background. @default 0 */
  readonly settles?: number;
  /** Variants of the prompt to be tested too, each by a line that is typed after `set`: `setopt prompt_subst`. */
  readonly variants?: Readonly<Record<string, string>>;
  /** Lines that change how prompts are read while an environment is active; its name is shown all the same. */
  readonly switches?: readonly string[];
}

/** The names that an environment is tested with. */
export interface HostileNames {
  /** The environment's directory, without the directories above it. */
  readonly directory: string;
  readonly prompt?: string;
}

/** What helper programs have noted, in the order in which they ran. */
export interface Note {
  /** Which program: `report`, `python`, `greet`, `pydoc`, or `pwned`. */
  readonly kind: string;
  /** Its first argument. */
  readonly label: string;
  /**
   * For `report` the process's environment; for `python` `prefix`, the directory of its environment on this machine,
   * empty outside of any; for `greet` and `pydoc` `from`, which is `outside` for those on `PATH` before activation.
   */
  readonly values: Readonly<Record<string, string>>;
}

/** The programs by which the suite looks out of a shell. */
export interface Helpers {
  /**
   * Puts `report`, `pwned`, `python`, `pydoc` and `greet` into the directory, which will be first on `PATH`. Each notes
   * in the journal its own name, its first argument (`python` its second, as the first is a script) and what {@link
   * Note} says.
   */
  install(directory: string, journal: string): Promise<void>;
  /** Puts the environment's Python into its scripts directory. */
  installPython(scripts: string): Promise<void>;
  read(journal: string): Promise<readonly Note[]>;
}
