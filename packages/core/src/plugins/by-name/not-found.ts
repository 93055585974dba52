import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { VivariumError } from '../../error.ts';
import { PLUGIN_KINDS, type PluginKind, SETTING_OF, withArticle } from '../../plugin.ts';
import { nearName } from '../../report/near-name.ts';
import { kebabCase } from '../../settings/option.ts';
import { findOfficial } from '../official-plugins.ts';
import type { PluginHost } from '../plugin-host.ts';
import type { PluginCandidate } from './candidates.ts';
import { declarationsOf } from './declarations.ts';
import { findPackage, upwardFrom } from './find-package.ts';
import { installCommand } from './package-manager.ts';

/** A search that found nothing. */
export interface PluginSearch {
  readonly kind?: PluginKind;
  readonly text: string;
  /** The setting that asked. */
  readonly askedBy: string;
  readonly candidates: readonly PluginCandidate[];
  readonly roots: readonly string[];
  /** Names of installed plugins that are there because packages were listed. */
  readonly listed: readonly string[];
}

/** The error for a name that nothing was found for: who asked, what was looked for, from where, and what there is. */
export async function notFound(search: PluginSearch, host: PluginHost): Promise<VivariumError> {
  const { kind, text, askedBy, candidates, roots } = search;
  const what = kind === undefined ? `no package \`${text}\`` : `no ${kind} named \`${text}\``;
  const looked = candidates.map((candidate) => ('path' in candidate ? candidate.path : candidate.package)).join(', ');
  const isPath = candidates.some((candidate) => 'path' in candidate);
  return new VivariumError(
    'PLUGIN_NOT_FOUND',
    [
      `There is ${what} (asked for by ${askedBy})`,
      `  looked for: ${looked}`,
      ...(isPath ? [] : [`  from: ${roots.join(', ')}`]),
    ].join('\n'),
    { source: askedBy, hint: (await hints(search, host)).join('\n') },
  );
}

async function hints(search: PluginSearch, host: PluginHost): Promise<string[]> {
  const { kind, text, candidates, roots } = search;
  const [first] = candidates.toReversed();
  if (first === undefined || 'path' in first)
    return ['Paths are meant from the directory of the file that names them, or from the working directory.'];
  const toInstall = installHint(first.package, search, host);
  const plugNPlay = roots.find((root) => upwardFrom(root).some((directory) => existsSync(join(directory, '.pnp.cjs'))));
  const throughYarn =
    plugNPlay === undefined || process.versions.pnp !== undefined
      ? []
      : [
          "This project uses Yarn's Plug'n'Play, whose packages can be found when vivarium is started by it: `yarn vivarium …`",
        ];
  if (kind === undefined) return [...toInstall, ...throughYarn];
  const other = await otherKind(text, kind, host);
  if (other !== undefined) {
    const flag = kebabCase(SETTING_OF[other]);
    return [`\`${text}\` is the name of ${withArticle(other)}: \`--${flag} ${text}\``];
  }
  const aliases = Object.keys(host.official.aliases[kind] ?? {});
  const there = [...Object.keys(await host.official.table[kind]()), ...search.listed];
  const installed = installedNames(kind, roots);
  const near = nearName(text, [...there, ...aliases, ...installed]);
  const all = `Available: ${[...new Set([...there, ...installed])].join(', ')}.`;
  return near === undefined
    ? [all, ...toInstall, ...throughYarn]
    : [`Did you mean \`${near}\`? ${all}`, ...throughYarn];
}

async function otherKind(text: string, kind: PluginKind, host: PluginHost): Promise<PluginKind | undefined> {
  for (const other of PLUGIN_KINDS) {
    if (other !== kind && (await findOfficial(host.official, other, text)) !== undefined) return other;
  }
  return undefined;
}

/**
 * How to install a package, only for one that the user has named in full. Of a short name no one has checked that a
 * package exists and who publishes it, so that installing it is not suggested.
 */
function installHint(name: string, { text }: PluginSearch, host: PluginHost): readonly string[] {
  if (text.split('#', 1)[0] !== name) return [];
  return [`If this is the package that you want, install it: \`${installCommand(name, host)}\``];
}

/** Short names of installed packages with a plugin of the kind, by their manifests. Read for error messages alone. */
function installedNames(kind: PluginKind, roots: readonly string[]): string[] {
  const prefixes = [`vivarium-${kind}-`, `@vivarium/${kind}-`];
  return [...new Set(roots.flatMap(upwardFrom))].flatMap((root) =>
    prefixes.flatMap((prefix) => {
      const [scope, beginning] = prefix.startsWith('@') ? (prefix.split('/') as [string, string]) : ['', prefix];
      return list(join(root, 'node_modules', scope))
        .filter((name) => name.startsWith(beginning))
        .map((name) => name.slice(beginning.length))
        .filter((name) => isPluginAt(root, { kind, name, package: `${prefix}${name}` }));
    }),
  );
}

/** Whether a short name leads to a plugin: the package declares one of that name, or only one of the kind. */
function isPluginAt(
  root: string,
  wanted: { readonly kind: PluginKind; readonly name: string; readonly package: string },
): boolean {
  try {
    const found = findPackage(wanted.package, root);
    const ofKind = found === undefined ? [] : declarationsOf(found).filter(({ kind }) => kind === wanted.kind);
    return ofKind.length === 1 || ofKind.some(({ name }) => name === wanted.name);
  } catch {
    // A package without a manifest that declares plugins is none.
    return false;
  }
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}
