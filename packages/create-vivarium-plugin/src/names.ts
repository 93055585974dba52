import type { PluginKind } from '@vivarium/core/plugin';

/** The kinds of plugin, as they are asked for. */
export const KINDS: readonly PluginKind[] = ['activator', 'creator', 'seeder', 'discoverer'];

/** What is wrong with a plugin's name, if anything is: a clause that completes "the name …". */
export function complaintAboutName(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(name) || name.includes('..')) {
    return 'has to be of lower-case letters, digits, dots, underscores and hyphens, and begin with a letter or a digit';
  }
  return name.length > 100 ? 'is too long' : undefined;
}

/** What is wrong with the name of a package, if anything is. */
export function complaintAboutPackage(name: string): string | undefined {
  return /^(?:@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/.test(name) && name.length <= 214
    ? undefined
    : 'is not one that npm accepts';
}

/** The package in which `--activators NAME` finds an activator of that name. */
export function packageNameOf(kind: PluginKind, name: string): string {
  return `vivarium-${kind}-${name}`;
}

/** `my-shell` → `MyShellActivator`: what the report prints. */
export function titleOf(kind: PluginKind, name: string): string {
  return `${pascalCase(name)}${pascalCase(kind)}`;
}

/** `my-shell` → `myShell`, the beginning of the names of its options. A name may begin with a digit, an option can't. */
export function optionPrefixOf(name: string): string {
  const pascal = pascalCase(name);
  return /^\d/.test(pascal) ? `x${pascal}` : `${pascal.charAt(0).toLowerCase()}${pascal.slice(1)}`;
}

/** `my-shell` → `myShellActivator`: the plugin in its own source. */
export function identifierOf(kind: PluginKind, name: string): string {
  return `${optionPrefixOf(name)}${pascalCase(kind)}`;
}

function pascalCase(name: string): string {
  return name
    .split(/[._-]+/)
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
}
