import type { Environment } from '../environment.ts';
import type { Interpreter } from '../interpreter.ts';
import type { Step } from './step.ts';

/** A package that was, or will be, put in. */
export interface SeedPackage {
  readonly name: string;
  readonly version: string;
  /** File name of the wheel. */
  readonly wheel?: string;
  /** SHA-256 of the wheel, in hexadecimal. */
  readonly sha256: string;
  /** Where the wheel came from, in the seeder's own words: `seed-wheels`, `ensurepip`. */
  readonly origin: string;
  /** It is there because a lock or requirements ask for it. The others are seeds. */
  readonly isListed?: true;
}

/** A plugin that takes part, and the values that the report prints in its parentheses. */
export interface Participant {
  readonly name: string;
  readonly title: string;
  readonly summary: readonly SummaryEntry[];
}

/** One `key=value` of a line of the report. Booleans are printed as Python prints them. */
export type SummaryEntry = readonly [key: string, value: string | boolean | readonly string[]];

/** An activator that was skipped, and why. */
export interface SkippedActivator {
  readonly name: string;
  readonly reason: string;
}

/**
 * What to do about what is at the destination: `create` where nothing (or an empty directory) stands, `refresh` an
 * environment in place, `replace` it by a new one (`--clear`), `update` its packages to those of a list: by a new one that
 * keeps all else of the old one.
 */
export type PlanMode = 'create' | 'refresh' | 'replace' | 'update';

/**
 * What a change of an environment consists of: as much of a {@link Plan} as is needed to apply it. Repairing, moving and
 * copying an environment are such changes, too.
 */
export interface ChangePlan {
  readonly mode: PlanMode;
  readonly environment: Pick<Environment, 'destination'> & {
    /** The platform decides where the plan can be applied. */
    readonly interpreter: Pick<Interpreter, 'os' | 'platform'>;
  };
  readonly steps: readonly Step[];
}

/**
 * Everything that creating an environment will do, as a value that can be printed, compared and written to JSON.
 * Making a plan writes nothing at the destination.
 */
export interface Plan extends ChangePlan {
  /** The version of this form; it is raised when a reader of an older one could misread it. */
  readonly format: 1;
  readonly mode: PlanMode;
  readonly environment: Environment;
  readonly creator: Participant;
  /** Missing when seeding is off. */
  readonly seeder?: Participant & { readonly packages: readonly SeedPackage[] };
  readonly activators: readonly Participant[];
  readonly skippedActivators: readonly SkippedActivator[];
  readonly steps: readonly Step[];
}
