import type { Context } from './context.ts';
import type { Environment } from './environment.ts';
import type { PackageToInstall } from './packages/package-to-install.ts';
import type { Plan, SeedPackage, SummaryEntry } from './plan/plan.ts';
import type { Step } from './plan/step.ts';
import type { Awaitable, Plugin } from './plugin.ts';
import type { Options, Settings } from './settings/option.ts';

/** The packages that a new environment gets by itself. */
export interface Seeds {
  readonly packages: readonly PackageToInstall[];
  /** What the report prints of the choice in the seeder's parentheses. */
  readonly summary: readonly SummaryEntry[];
}

/** What a seeder plans for. */
export interface SeedingRequest<O extends Options = Options> {
  readonly environment: Environment;
  /** What is to be installed: seeds, the packages of a lock, or both. Each name is there once. It was decided before. */
  readonly packages: readonly PackageToInstall[];
  /** Only an environment that is refreshed has something of the packages already, which is to be removed. */
  readonly mode: Plan['mode'];
  readonly settings: Settings<O>;
  readonly context: Context;
  /**
   * Finds the wheels of packages, and fetches those that are not on this machine. What has each file already, in another
   * form, need not ask for it.
   *
   * @returns absolute paths in the order of the packages; size and all known hashes of each file were compared
   * @throws VivariumError `PACKAGE_NOT_AVAILABLE`, `PACKAGE_MISMATCH`, `DOWNLOAD_FAILED`
   */
  getWheels(packages: readonly PackageToInstall[]): Promise<readonly string[]>;
}

/** What a seeder answers. */
export interface Seeding {
  readonly steps: readonly Step[];
  /** What will have been put in: all that it was asked for. */
  readonly packages: readonly SeedPackage[];
  /** What the report prints in the seeder's parentheses; how trees were linked and the cache's directory are added to it. */
  readonly summary: readonly SummaryEntry[];
}

/**
 * A plugin that installs packages. *What* is installed is decided before: the seeds by `seeds`, others by a lock. *How*
 * it is installed is for `plan` to say.
 */
export interface Seeder<O extends Options = Options> extends Plugin<'seeder', O> {
  /**
   * Chooses the packages that every new environment gets (pip, setuptools, wheel). It may fill the cache, and writes
   * nothing else. A seeder without it installs what a lock lists, and nothing by itself.
   *
   * @throws VivariumError when a package that the user asked for is not to be had
   */
  seeds?(environment: Environment, settings: Settings<O>, context: Context): Awaitable<Seeds>;
  /**
   * Plans how the packages of a request are installed. It may fill the cache, and writes nothing else.
   *
   * @throws VivariumError when a wheel is not usable
   */
  plan(request: SeedingRequest<O>): Awaitable<Seeding>;
}

/** Checks a seeder against its contract and keeps the exact types of its options. */
export function defineSeeder<const O extends Options>(seeder: Seeder<O>): Seeder<O> {
  return Object.freeze(seeder);
}
