import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type ConfigTable, messageOf, systemCode, VivariumError } from '@vivarium/core';
import { readIniSection } from './read-ini.ts';
import { readToml } from './read-toml.ts';

/** Where configuration is looked for. */
export interface ConfigRequest {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * The tables of settings that apply, the strongest first: `[tool.vivarium]` of the nearest `pyproject.toml`, the user's
 * `vivarium.toml`, and `[virtualenv]` of an existing `virtualenv.ini`. `VIVARIUM_CONFIG_FILE` and
 * `VIRTUALENV_CONFIG_FILE` name other files in place of the last two.
 */
export async function readConfigFiles(request: ConfigRequest): Promise<readonly ConfigTable[]> {
  const tables = [await projectTable(request.cwd), await userTable(request), readVirtualenvIni(request)];
  return tables.filter((table) => table !== undefined);
}

async function projectTable(directory: string): Promise<ConfigTable | undefined> {
  const path = join(directory, 'pyproject.toml');
  const text = readIfThere(path);
  if (text === undefined) return dirname(directory) === directory ? undefined : projectTable(dirname(directory));
  // The file has many other readers and is parsed only if it may concern us.
  if (!text.includes('vivarium')) return undefined;
  const tool = tableIn(await readToml(text, path), 'tool');
  const values = tool && tableIn(tool, 'vivarium');
  return values && { path, prefix: 'tool.vivarium.', values, isShared: false, isProject: true };
}

async function userTable({ env, cwd }: ConfigRequest): Promise<ConfigTable | undefined> {
  const named = env.VIVARIUM_CONFIG_FILE;
  const path = named ? resolve(cwd, named) : join(configDirectory(env, 'vivarium'), 'vivarium.toml');
  const text = readIfThere(path);
  if (text === undefined) {
    if (named) throw missing(path, 'VIVARIUM_CONFIG_FILE');
    return undefined;
  }
  return { path, prefix: '', values: await readToml(text, path), isShared: false };
}

/** `[virtualenv]` of the file that `VIRTUALENV_CONFIG_FILE` names, or of the user's `virtualenv.ini`; either may be missing. */
export function readVirtualenvIni(request: ConfigRequest): ConfigTable | undefined {
  const path = virtualenvIniPath(request);
  const text = readIfThere(path);
  const values = text === undefined ? undefined : readIniSection(text, 'virtualenv', path);
  return values && { path, prefix: 'virtualenv.', values, isShared: true };
}

/** Where {@link readVirtualenvIni} looks. */
export function virtualenvIniPath({ env, cwd }: ConfigRequest): string {
  const named = env.VIRTUALENV_CONFIG_FILE;
  return named ? resolve(cwd, named) : join(configDirectory(env, 'virtualenv'), 'virtualenv.ini');
}

/** The user's configuration directory of a program, where the platform keeps such things. */
function configDirectory(env: ConfigRequest['env'], program: string): string {
  const home = env.HOME || homedir();
  if (process.platform === 'win32') {
    return join(
      env.LOCALAPPDATA || join(home, 'AppData', 'Local'),
      ...(program === 'virtualenv' ? ['pypa', program] : [program]),
    );
  }
  // Relative values are to be ignored (XDG base directory specification).
  if (env.XDG_CONFIG_HOME && isAbsolute(env.XDG_CONFIG_HOME)) return join(env.XDG_CONFIG_HOME, program);
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', program);
  return join(home, '.config', program);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES' || code === 'EISDIR') return undefined;
    throw new VivariumError('CONFIG_NOT_READABLE', `${path} can't be read: ${messageOf(error)}`, { cause: error });
  }
}

function tableIn(table: Readonly<Record<string, unknown>>, key: string): Record<string, unknown> | undefined {
  const value = table[key];
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

function missing(path: string, variable: string): VivariumError {
  return new VivariumError('CONFIG_NOT_FOUND', `The file ${path}, named by ${variable}, is not there`, {
    source: variable,
    hint: `Correct or unset ${variable}.`,
  });
}
