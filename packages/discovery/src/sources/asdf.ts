import { basename, join } from 'node:path';
import type { Context } from '@vivarium/core/plugin';
import { homeDirectory } from './home.ts';
import { variable } from './path-entries.ts';
import { findUpwards, readText } from './read-text.ts';

const MISE_FILES: readonly string[] = [
  'mise.local.toml',
  '.mise.local.toml',
  'mise.toml',
  '.mise.toml',
  '.config/mise.toml',
];

/**
 * The versions of Python that asdf or mise would use here: their variable, else `.tool-versions` of the working
 * directory or one above it, else that of the home directory.
 *
 * @returns `undefined` when mise has a configuration of its own, which only mise itself can weigh
 */
export function activeToolVersions(root: string, context: Context): readonly string[] | undefined {
  const { env, cwd } = context;
  const isMise = basename(root) === 'mise';
  const set = variable(env, isMise ? 'MISE_PYTHON_VERSION' : 'ASDF_PYTHON_VERSION')
    ?.split(/\s+/)
    .filter(Boolean);
  if (set?.length) return set;
  if (isMise && (findUpwards(cwd, MISE_FILES) || hasGlobalConfig(context))) return undefined;
  const home = homeDirectory(env);
  const near = findUpwards(cwd, ['.tool-versions'])?.text;
  return pythonVersionsIn(near ?? (home && readText(join(home, '.tool-versions'))) ?? '');
}

function hasGlobalConfig({ env }: Context): boolean {
  const home = homeDirectory(env);
  const directory = variable(env, 'MISE_CONFIG_DIR') || (home && join(home, '.config', 'mise'));
  return directory !== undefined && readText(join(directory, 'config.toml')) !== undefined;
}

/** `python 3.12.1 3.11.7  # comment` */
function pythonVersionsIn(text: string): readonly string[] {
  const line = text.split(/\r?\n/).find((candidate) => /^\s*python\s/.test(candidate));
  const words = line?.replace(/#.*/, '').trim().split(/\s+/).slice(1) ?? [];
  return words.filter((word) => !/[/\\]|^\.\.?$/.test(word));
}
