import type { ProjectRule } from './project-rules.ts';

interface OptionBase {
  /** For the help text: begins in lower case and has no full stop; the default is added to it. */
  readonly help: string;
  /** One letter: `p` for `-p`. */
  readonly short?: string;
  /** Other long names, without dashes. */
  readonly aliases?: readonly string[];
  /** What the help text shows for the value: `SPEC`. */
  readonly placeholder?: string;
  /** The heading that the help text shows the option under. */
  readonly group?: string;
  /** Left out of the help text. */
  readonly hidden?: true;
  /**
   * What the file of a project may set this to. Such a file is data that may come from any source, so without a rule it
   * may not set it at all; it may set what neither starts a program, nor names a source of code or a place, nor deletes
   * or overwrites anything, nor reaches the network.
   */
  readonly allowedInProject?: ProjectRule;
  /** Options of one command that share a group exclude each other. */
  readonly excludes?: string;
}

/** On or off. */
export interface BooleanOption extends OptionBase {
  readonly type: 'boolean';
  readonly default: boolean;
  /** Long names, without dashes, that turn it off: `no-download`. */
  readonly negations?: readonly string[];
}

/** How often a flag was given. */
export interface CountOption extends OptionBase {
  readonly type: 'count';
  readonly default: number;
}

/** Any text. */
export interface StringOption extends OptionBase {
  readonly type: 'string';
  readonly default?: string;
}

/** A path. It is resolved to an absolute path: against the working directory, or against the directory of the file that it was written in. */
export interface PathOption extends OptionBase {
  readonly type: 'path';
  readonly default?: string;
}

/** One of a few words. */
export interface ChoiceOption<Choice extends string = string> extends OptionBase {
  readonly type: 'choice';
  readonly choices: readonly Choice[];
  readonly default: Choice;
}

/** Several texts. A flag is given repeatedly; `separator` splits each value further. */
export interface ListOption extends OptionBase {
  readonly type: 'list';
  readonly separator?: ',';
  readonly default?: readonly string[];
}

/**
 * What `-p` takes, several times. A relative path is resolved as those of {@link PathOption} are, where it was
 * written in a file; elsewhere it stays as it was typed.
 */
export interface SpecsOption extends OptionBase {
  readonly type: 'specs';
  readonly default?: readonly string[];
}

/** Several paths, each made absolute as those of {@link PathOption} are. */
export interface PathsOption extends OptionBase {
  readonly type: 'paths';
  readonly default?: readonly string[];
}

/**
 * The one declaration of a setting. Its flag, environment variable, config key, help text and place in the JSON schema
 * are all made from it.
 */
export type Option =
  | BooleanOption
  | CountOption
  | StringOption
  | PathOption
  | ChoiceOption
  | ListOption
  | SpecsOption
  | PathsOption;

/** Options by their names in code, `extraSearchDir`; flags and keys are derived from these: `--extra-search-dir`. */
export type Options = Readonly<Record<string, Option>>;

/** The value that a setting of this option has once resolved. */
export type OptionValue<O extends Option> = O extends BooleanOption
  ? boolean
  : O extends CountOption
    ? number
    : O extends ChoiceOption<infer Choice>
      ? Choice
      : O extends ListOption | SpecsOption | PathsOption
        ? O extends { readonly default: readonly string[] }
          ? readonly string[]
          : readonly string[] | undefined
        : O extends { readonly default: string }
          ? string
          : string | undefined;

/** Resolved values by name. */
export type Settings<O extends Options> = { readonly [Name in keyof O]: OptionValue<O[Name]> };

/** Checks a table of options against {@link Options} and keeps its exact type. */
export function defineOptions<const O extends Options>(options: O): O {
  return options;
}

/** `extraSearchDir` → `extra-search-dir`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
