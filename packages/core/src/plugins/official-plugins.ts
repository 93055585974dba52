import type { Plugin, PluginKind } from '../plugin.ts';

/** Plugins that come with a program: what loads all of a kind, by name, in the order of preference. */
export type PluginTable = Readonly<Record<PluginKind, () => Promise<Readonly<Record<string, Plugin<PluginKind>>>>>>;

/** Other names that people type for the plugins of a table. */
export type PluginAliases = Readonly<Partial<Record<PluginKind, Readonly<Record<string, string>>>>>;

/** The plugins that need not be installed, and what they are called. Nothing that is installed can take their names. */
export interface OfficialPlugins {
  readonly table: PluginTable;
  readonly aliases: PluginAliases;
}

/**
 * The official plugins that a name stands for together, in the order of preference. Of creators, `pypy` stands for those
 * of PyPy on each platform, and the first that supports the interpreter is used. A name that one plugin has stands for
 * that one, but for the first discoverer: the others are asked where it finds nothing.
 */
export async function officialFamily(
  { table, aliases }: OfficialPlugins,
  kind: PluginKind,
  name: string,
): Promise<readonly string[]> {
  const names = Object.keys(await table[kind]());
  if (kind === 'discoverer') return name === names[0] ? names : [];
  const others = aliases[kind] ?? {};
  if (names.includes(name) || Object.hasOwn(others, name)) return [];
  const isMember = (own: string): boolean =>
    own.startsWith(`${name}-`) ||
    Object.keys(others).some((alias) => others[alias] === own && alias.startsWith(`${name}-`));
  return names.filter(isMember);
}

/** The official plugin of that name: its own, another that people type, or that of its package. */
export async function findOfficial(
  { table, aliases }: OfficialPlugins,
  kind: PluginKind,
  name: string,
): Promise<Plugin<PluginKind> | undefined> {
  const plugins = await table[kind]();
  const prefix = `@vivarium/${kind}-`;
  const short = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const own = Object.hasOwn(aliases[kind] ?? {}, short) ? aliases[kind]?.[short] : short;
  return own !== undefined && Object.hasOwn(plugins, own) ? plugins[own] : undefined;
}
