import { VivariumError } from '../../error.ts';
import { type PluginKind, SETTING_OF, withArticle } from '../../plugin.ts';
import { kebabCase } from '../../settings/option.ts';
import type { Name } from './candidates.ts';
import { type Declaration, declarationsOf, labelOf } from './declarations.ts';
import type { InstalledPackage } from './find-package.ts';

/**
 * The plugin that is meant among those that a package declares: the one of that name, or the only one of the kind.
 *
 * @throws VivariumError `PLUGIN_KIND_MISMATCH` or `PLUGIN_NOT_FOUND` (exit code 2)
 */
export function chooseDeclaration(
  { text, kind, askedBy }: Name & { readonly kind: PluginKind },
  { installed, plugin }: { readonly installed: InstalledPackage; readonly plugin?: string },
): Declaration {
  const all = declarationsOf(installed);
  const ofKind = all.filter((declared) => declared.kind === kind);
  const wanted = plugin ?? text.replace(/^.*\//, '').replace(`vivarium-${kind}-`, '');
  const named = ofKind.find(({ name }) => name === wanted);
  if (named !== undefined) return named;
  const [only, second] = ofKind;
  if (only !== undefined && second === undefined && plugin === undefined) return only;
  const label = labelOf(installed);
  if (only === undefined) throw wrongKind();
  const names = ofKind.map(({ name }) => `\`${installed.name}#${name}\``).join(', ');
  throw new VivariumError('PLUGIN_NOT_FOUND', `${label} has no ${kind} \`${wanted}\` (asked for by ${askedBy})`, {
    source: askedBy,
    hint: `It has ${names}.`,
  });

  function wrongKind(): VivariumError {
    const [other] = all;
    const has = all.map((declared) => `${withArticle(declared.kind)} \`${declared.name}\``).join(', ');
    return new VivariumError('PLUGIN_KIND_MISMATCH', `${label} has no ${kind}, but ${has} (asked for by ${askedBy})`, {
      source: askedBy,
      hint: other === undefined ? '' : `Name it with \`--${kebabCase(SETTING_OF[other.kind])} ${text}\`.`,
    });
  }
}
