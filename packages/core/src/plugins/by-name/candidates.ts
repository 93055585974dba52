import { isAbsolute, resolve, sep, win32 } from 'node:path';
import { fileURLToPath } from 'node:url';
import { messageOf, VivariumError } from '../../error.ts';
import { type PluginKind, withArticle } from '../../plugin.ts';

/** Something that a name may stand for: a package, or a file that the user pointed at. */
export type PluginCandidate = PackageCandidate | { readonly path: string };

/** A package, and which of its plugins is meant where it has several. */
export interface PackageCandidate {
  readonly package: string;
  readonly plugin?: string;
}

/** A name as someone wrote it. */
export interface Name {
  readonly text: string;
  /** The kind that is asked for; missing where a package is named for all its plugins. */
  readonly kind?: PluginKind;
  /** The directory that paths are meant from. */
  readonly directory: string;
  /** The setting, for messages. */
  readonly askedBy: string;
}

// npm takes no longer names.
const LONGEST = 214;
const PART = '[a-z0-9][a-z0-9._-]*';
const SCOPED = new RegExp(`^@(?<scope>${PART})/(?<name>${PART})(?:#(?<plugin>${PART}))?$`);
const WHOLE = new RegExp(`^(?<name>vivarium-${PART})(?:#(?<plugin>${PART}))?$`);
const SHORT = new RegExp(`^${PART}$`);

/**
 * What a name may stand for, in the order in which it is looked for. The form alone decides. A short name is never a
 * package of that name: `bash`, `fish`, `venv` and many more are packages that have nothing to do with this.
 *
 * @throws VivariumError `PLUGIN_NAME_INVALID` (exit code 2)
 */
export function candidatesFor(name: Name): readonly [PluginCandidate, ...PluginCandidate[]] {
  const { text, kind } = name;
  const path = pathOf(name);
  if (path !== undefined) return [{ path }];
  if (text === '') throw invalid(name, 'it is empty');
  if (text.length > LONGEST) throw invalid(name, `it has more than ${LONGEST} characters`);
  if (text.includes('..')) throw invalid(name, 'it contains `..`');

  const scoped = SCOPED.exec(text)?.groups;
  if (scoped?.name !== undefined) {
    const exactly = { package: `@${scoped.scope}/${scoped.name}`, ...pluginOf(scoped) };
    if (kind === undefined || scoped.scope === 'vivarium' || scoped.name.startsWith('vivarium-')) return [exactly];
    return [{ package: `@${scoped.scope}/vivarium-${kind}-${scoped.name}`, ...pluginOf(scoped) }, exactly];
  }
  const whole = WHOLE.exec(text)?.groups;
  if (whole?.name !== undefined) return [{ package: whole.name, ...pluginOf(whole) }];
  if (!SHORT.test(text)) throw invalid(name, reasonAgainst(text));
  if (kind === undefined) {
    throw invalid(name, 'packages are named in full here: `vivarium-…`, `@scope/…`, or a path that begins with `./`');
  }
  return [{ package: `@vivarium/${kind}-${text}` }, { package: `vivarium-${kind}-${text}` }];
}

function pathOf(name: Name): string | undefined {
  const { text, directory } = name;
  if (text.includes('\0')) return undefined;
  if (/^file:/i.test(text)) {
    try {
      return fileURLToPath(text);
    } catch (error) {
      throw invalid(name, messageOf(error));
    }
  }
  const isPath = /^\.\.?(?:\/|$)/.test(text) || isAbsolute(text) || (sep === '\\' && /^\.\.?\\/.test(text));
  return isPath ? resolve(directory, text) : undefined;
}

function pluginOf({ plugin }: { readonly plugin?: string }): Pick<PackageCandidate, 'plugin'> {
  return plugin === undefined ? {} : { plugin };
}

function reasonAgainst(text: string): string {
  if (win32.isAbsolute(text)) return 'it is a path of Windows, and this is another system';
  if (/^[a-z][a-z0-9+.-]+:/i.test(text)) return 'of URLs only those that begin with `file:` can be used';
  if (/\s/.test(text)) return 'it contains white space';
  if (/[\\/]/.test(text)) return 'paths begin with `./`, and scopes of packages with `@`';
  if (/[A-Z]/.test(text)) return 'names are written in lower case';
  return 'names are made of lower-case letters, digits, `.`, `_` and `-`';
}

function invalid({ text, kind, askedBy }: Name, why: string): VivariumError {
  const shown = (text.length > 60 ? `${text.slice(0, 60)}…` : text).replaceAll('\n', '\\n');
  return new VivariumError(
    'PLUGIN_NAME_INVALID',
    `\`${shown}\` can't be the name of ${kind === undefined ? 'plugins' : withArticle(kind)}, because ${why} (asked for by ${askedBy})`,
    {
      source: askedBy,
      hint:
        kind === undefined
          ? 'Name a package (`vivarium-activator-elvish`, `@scope/name`) or a file (`./elvish.mjs`).'
          : 'A plugin is named by its short name (`elvish`), its package (`vivarium-activator-elvish`, `@scope/name`) or its file (`./elvish.mjs`).',
    },
  );
}
