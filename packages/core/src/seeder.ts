import type { Context } from './context.ts';
import type { Environment } from './environment.ts';
import type { SeedPackage, SummaryEntry } from './plan/plan.ts';
import type { Step } from './plan/step.ts';
import type { Awaitable, Plugin } from './plugin.ts';
import type { Options, Settings } from './settings/option.ts';

/** What a seeder answers. */
export interface Seeding {
  readonly steps: readonly Step[];
  /** What will have been put in. */
  readonly packages: readonly SeedPackage[];
  /** What the report prints in the seeder's parentheses; how trees were linked and the cache's directory are added to it. */
  readonly summary: readonly SummaryEntry[];
}

/** A plugin that puts the first packages (pip, setuptools, wheel) in. */
export interface Seeder<O extends Options = Options> extends Plugin<'seeder', O> {
  /**
   * Plans. It may fill the cache, and writes nothing else.
   *
   * @throws VivariumError when a package that the user asked for is not to be had
   */
  plan(environment: Environment, settings: Settings<O>, context: Context): Awaitable<Seeding>;
}

/** Checks a seeder against its contract and keeps the exact types of its options. */
export function defineSeeder<const O extends Options>(seeder: Seeder<O>): Seeder<O> {
  return Object.freeze(seeder);
}
