import type { Context } from '../context.ts';
import type { Environment } from '../environment.ts';
import type { RemoveStep } from '../plan/step.ts';
import type { PackageToInstall } from './package-to-install.ts';
import type { PythonBuild } from './python-build.ts';

/** What the packages of an environment are decided for. */
export interface DecisionRequest {
  readonly environment: Environment;
  readonly context: Context;
}

/** Packages that an environment is to have besides its seeds, and where their wheels are. */
export interface PackageDecision {
  /** Each name once. One that is a seed too takes its place. */
  readonly packages: readonly PackageToInstall[];
  /** What the packages were decided from; it is recorded in the environment. */
  readonly source: PackageListSource;
  /** What is known of the build of the Python; it is recorded too. */
  readonly python?: PythonBuild;
  /**
   * Looks at what an environment that exists has besides what is installed now.
   *
   * @param installed the names of all packages that are installed, the seeds too
   */
  lookAtOthers?(installed: ReadonlySet<string>): Promise<OtherPackages>;
  /** The `getWheels` of what a seeder is asked with, for these packages. */
  getWheels(packages: readonly PackageToInstall[]): Promise<readonly string[]>;
}

/** The packages of an existing environment that are not installed again. */
export interface OtherPackages {
  /** What takes those away that are to go. */
  readonly removals: readonly RemoveStep[];
  /** The names of those that stay, by the paths of their files, relative to the root of the environment. */
  readonly owners: ReadonlyMap<string, string>;
}

/** A list of packages as the receipt of an environment names it. */
export interface PackageListSource {
  /** The kind of the list: `pylock`, `requirements`. */
  readonly kind: string;
  /** The file, absolute. */
  readonly file?: string;
  /** SHA-256 of the list, in hexadecimal. */
  readonly sha256: string;
  /** SHA-256 of the requirements that a resolver turned into the list, in hexadecimal. */
  readonly requirements?: string;
  /** Extras and groups that were asked for. */
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

/**
 * Decides which packages an environment is to have. The command has one for each kind of list; without one an environment
 * has its seeds alone. It may fill the cache and writes nothing else.
 *
 * @throws VivariumError when the list can't be used for this interpreter
 */
export type DecidePackages = (request: DecisionRequest) => Promise<PackageDecision>;
