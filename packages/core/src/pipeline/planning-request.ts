import type { Activator } from '../activator.ts';
import type { Context } from '../context.ts';
import type { Creator } from '../creator.ts';
import type { Interpreter } from '../interpreter.ts';
import type { DecidePackages } from '../packages/decide-packages.ts';
import type { Plugin, PluginKind } from '../plugin.ts';
import type { Tool } from '../pyvenv-cfg/write.ts';
import type { Seeder } from '../seeder.ts';
import type { CoreSettings } from '../settings/core-options.ts';
import type { Options, Settings } from '../settings/option.ts';

/** Gives a plugin the resolved values of the options that it declared. */
export type PluginSettings = (plugin: Plugin<PluginKind>) => Settings<Options>;

/** The core settings that planning the packages depends on. */
export type SeedingSetting = 'noSeed';

/** What the parts of a plan are derived from. */
export interface PlanningRequest {
  /** Absolute, from {@link resolveDestination}. */
  readonly destination: string;
  readonly interpreter: Interpreter;
  /** Those to ask, in order. */
  readonly creators: readonly Creator[];
  /** Missing when nothing is to be installed. */
  readonly seeder?: Seeder;
  /** Decides which packages are installed besides the seeds. */
  readonly decidePackages?: DecidePackages;
  readonly activators: readonly Activator[];
  readonly settings: Pick<CoreSettings, SeedingSetting>;
  readonly pluginSettings: PluginSettings;
  readonly context: Context;
  readonly tool: Tool;
}
