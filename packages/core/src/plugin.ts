import type { Options } from './settings/option.ts';

/** The number of the contract that this release of core speaks; a plugin's `package.json` names the one it was made for. */
export const CONTRACT = 1;

export type PluginKind = 'discoverer' | 'creator' | 'seeder' | 'activator';

/** All kinds, in the order in which a run needs them. */
export const PLUGIN_KINDS = ['discoverer', 'creator', 'seeder', 'activator'] as const satisfies readonly PluginKind[];

/** The setting with which a user names a plugin of each kind. */
export const SETTING_OF = {
  discoverer: 'discovery',
  creator: 'creator',
  seeder: 'seeder',
  activator: 'activators',
} as const satisfies Readonly<Record<PluginKind, string>>;

/** `an activator`, `a creator`. */
export function withArticle(kind: PluginKind): string {
  return `${kind === 'activator' ? 'an' : 'a'} ${kind}`;
}

/** What plugins of every kind have. */
export interface Plugin<Kind extends PluginKind, O extends Options = Options> {
  readonly kind: Kind;
  /** What a user types: lower case, `[a-z0-9][a-z0-9._-]*`. */
  readonly name: string;
  /** What the report prints: `BashActivator`. */
  readonly title: string;
  /** Settings of this plugin's own. They exist only while it is selected. */
  readonly options?: O;
}

/** Yes, or the reason why not: a clause that completes "can't be used because …". */
export type Support = true | { readonly reason: string };

/** Plain or promised. */
export type Awaitable<T> = T | Promise<T>;
