import { VivariumError } from '../../error.ts';
import { type Plugin, type PluginKind, withArticle } from '../../plugin.ts';
import type { PluginHost } from '../plugin-host.ts';
import type { PluginOrigin } from '../plugin-source.ts';
import { checkPlugin, claimsToBePlugin } from './check-plugin.ts';
import { assertContract, type Declaration, declarationsOf, labelOf } from './declarations.ts';
import { type InstalledPackage, packageAround } from './find-package.ts';
import { fileOf, importModule } from './import-plugin.ts';

/** A plugin, and where it came from. */
export interface Loaded {
  readonly plugin: Plugin<PluginKind>;
  readonly origin: PluginOrigin;
}

/** Loads a declared plugin. Its contract is looked at before anything of it runs. */
export async function fromPackage(
  found: InstalledPackage,
  declared: Declaration,
  { env }: Pick<PluginHost, 'env'>,
): Promise<Loaded> {
  assertContract(found, declared);
  const label = `The ${declared.kind} \`${declared.name}\` of ${labelOf(found)}`;
  const file = await fileOf(found, declared);
  const module = await importModule({ file, label, manifest: found.manifest, env });
  const plugin = checkPlugin(exportOf(module, declared.export), label);
  if (plugin.kind !== declared.kind || plugin.name !== declared.name) {
    throw new VivariumError(
      'PLUGIN_INVALID',
      `${label} is not what its package.json says: ${file} exports the ${plugin.kind} \`${plugin.name}\``,
      { hint: 'This is a mistake in the plugin: both have to say the same.' },
    );
  }
  const { version } = found.manifest;
  const origin = { package: found.name, version: typeof version === 'string' ? version : 'unknown', file };
  return { plugin, origin };
}

/** Loads the plugin of a kind that a file has, which the user pointed at. */
export async function fromFile(file: string, kind: PluginKind, host: Pick<PluginHost, 'env'>): Promise<Loaded> {
  const around = packageAround(file);
  if (around !== undefined && around.manifest.vivarium !== undefined) {
    const sameKind = declarationsOf(around).filter((declared) => declared.kind === kind);
    for (const declared of sameKind) assertContract(around, declared);
  }
  const all = await pluginsInFile(file, host);
  const fitting = all.find(({ plugin }) => plugin.kind === kind);
  if (fitting !== undefined) return fitting;
  const has = all.map(({ plugin }) => `${withArticle(plugin.kind)} \`${plugin.name}\``).join(', ');
  throw new VivariumError('PLUGIN_KIND_MISMATCH', `${file} has no ${kind}, but ${has}`);
}

/** All plugins that a file exports, its default first. */
export async function pluginsInFile(file: string, { env }: Pick<PluginHost, 'env'>): Promise<readonly Loaded[]> {
  const module = await importModule({ file, label: 'The plugin', env });
  const first = exportOf(module, 'default');
  const values = new Set([first, ...Object.values(module)].filter(claimsToBePlugin));
  // Nothing that says it is a plugin: the check of the default export tells what is wrong with it.
  if (values.size === 0) checkPlugin(first, file);
  return [...values].map((value) => ({ plugin: checkPlugin(value, file), origin: { file } }));
}

/** An export of a module. What CommonJS and its translations wrap into `default` is taken out, at most twice. */
function exportOf(module: Readonly<Record<string, unknown>>, name: string): unknown {
  let value: unknown = module[name] ?? (Object(module.default) as Record<string, unknown>)[name];
  for (let depth = 0; depth < 2 && name === 'default' && !claimsToBePlugin(value); depth += 1) {
    value = (Object(value) as { default?: unknown }).default ?? value;
  }
  return value;
}
