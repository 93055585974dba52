import type { OfficialPlugins } from './official-plugins.ts';

/** The program that plugins are loaded into: what it brings, and the places that installed plugins are looked for from. */
export interface PluginHost {
  readonly official: OfficialPlugins;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The place for names from flags, variables and calls. */
  readonly cwd: string;
  /** The path by which the program was started, with its links not resolved. @default process.argv[1] */
  readonly startedAs?: string;
  /** The file of the program itself, as it really is; unknown where it is part of another program's file. */
  readonly ownFile: string | undefined;
}
