import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Context } from '@vivarium/core/plugin';
import { isDirectory } from './executable-file.ts';
import { homeDirectory } from './home.ts';
import { pathEntries, variable } from './path-entries.ts';
import { findUpwards, readText } from './read-text.ts';

/** Versions by name, and the variable or file that asks for them. */
export interface PinnedVersions {
  readonly versions: readonly string[];
  readonly source: string;
}

/**
 * The versions that `PYENV_VERSION`, or else the nearest `.python-version` of the working directory and those above it,
 * asks for. pyenv began with that file; others read it too.
 */
export function pinnedVersions({ env, cwd }: Context): PinnedVersions | undefined {
  const set = variable(env, 'PYENV_VERSION')
    ?.split(':')
    .filter((word) => word !== '');
  if (set?.length) return { versions: set, source: 'PYENV_VERSION' };
  const file = findUpwards(cwd, ['.python-version']);
  const versions = file === undefined ? [] : versionsIn(file.text);
  return file === undefined || versions.length === 0 ? undefined : { versions, source: file.path };
}

/** What pyenv would use here: the pinned versions, else its global file, else the system's. */
export function activePyenvVersions(root: string, context: Context): readonly string[] {
  const pinned = pinnedVersions(context)?.versions ?? versionsIn(readText(join(root, 'version')) ?? '');
  return pinned.length > 0 ? pinned : ['system'];
}

/** The directory of an installed version: one of that name, or, as pyenv does it, the newest release that begins with it. */
export function installedVersion(root: string, version: string): string | undefined {
  if (!isName(version)) return undefined;
  const plain = version.replace(/^python-/, '');
  const exact = [version, plain].find((name) => isDirectory(join(root, 'versions', name)));
  if (exact !== undefined) return exact;
  const newest = releasesOf(root)
    .filter((name) => name.startsWith(`${plain}.`) || name.startsWith(`${plain}-`))
    .sort((one, other) => other.localeCompare(one, 'en', { numeric: true }));
  return newest[0];
}

/** Where pyenv is: `PYENV_ROOT`, else what its shims on `PATH` belong to, else its usual place. */
export function pyenvRoot({ env }: Context): string | undefined {
  const home = homeDirectory(env);
  const shims = pathEntries(env, process.platform).filter((entry) => basename(entry) === 'shims');
  const roots = [
    variable(env, 'PYENV_ROOT'),
    ...shims.map((directory) => dirname(directory)),
    home && join(home, '.pyenv'),
  ];
  return roots.find((root) => root && isDirectory(join(root, 'versions')));
}

/**
 * What a version file asks for: one version a line, `#` begins a comment. Of a line with more words the first counts,
 * as pyenv has it, but for a range, which may have blanks in it (`>= 3.12, < 3.14`).
 */
function versionsIn(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).flatMap((line) => {
    const content = (line.split(/(?:^|\s)#/, 1)[0] ?? '').trim();
    const version = /^[a-z]*\s*[=~!<>]/i.test(content) ? content : (content.split(/\s+/)[0] ?? '');
    return version === '' ? [] : [version];
  });
}

/** Whether a version can be the name of a directory of pyenv's. With a separator in it, it would lead elsewhere. */
function isName(word: string): boolean {
  return word !== '' && !/[/\\\0]|^\.\.?$/.test(word);
}

function releasesOf(root: string): readonly string[] {
  try {
    return readdirSync(join(root, 'versions')).filter((name) => /\d$/.test(name) && !/(?:a|b|rc)\d+$/.test(name));
  } catch {
    return [];
  }
}
