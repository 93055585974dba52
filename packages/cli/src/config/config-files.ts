import { statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type ConfigTable, isVivariumError, messageOf, VivariumError } from '@vivarium/core/host';
import { homeDirectory, readSmallFile, type SmallFile, xdgDirectory } from '@vivarium/core/internal';
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
  const tables = [await projectTable(request.cwd, request), await userTable(request), readVirtualenvIni(request)];
  return tables.filter((table) => table !== undefined);
}

async function projectTable(directory: string, request: ConfigRequest): Promise<ConfigTable | undefined> {
  const path = join(directory, 'pyproject.toml');
  const file = read(path);
  if (file === undefined)
    return dirname(directory) === directory ? undefined : projectTable(dirname(directory), request);
  // The file has many other readers and is parsed only if it may concern us.
  if (!file.text.includes('vivarium')) return undefined;
  const tool = tableIn(await readToml(file.text, path), 'tool');
  const values = tool && tableIn(tool, 'vivarium');
  const owner = ownership(file, request.cwd);
  return values && { path, prefix: 'tool.vivarium.', values, isShared: false, isProject: true, ...owner };
}

async function userTable({ env, cwd }: ConfigRequest): Promise<ConfigTable | undefined> {
  const named = env.VIVARIUM_CONFIG_FILE;
  const path = named ? resolve(cwd, named) : inConfigDirectory(env, 'vivarium', 'vivarium.toml');
  const file = path === undefined ? undefined : read(path);
  if (path === undefined || file === undefined) {
    if (named) throw missing(path ?? named, 'VIVARIUM_CONFIG_FILE');
    return undefined;
  }
  const values = await readToml(file.text, path);
  return { path, prefix: '', values, isShared: false, ...(named ? {} : ownership(file)) };
}

/** `[virtualenv]` of the file that `VIRTUALENV_CONFIG_FILE` names, or of the user's `virtualenv.ini`; either may be missing. */
export function readVirtualenvIni(request: ConfigRequest): ConfigTable | undefined {
  const path = virtualenvIniPath(request);
  const file = path === undefined ? undefined : read(path);
  if (path === undefined || file === undefined) return undefined;
  const values = readIniSection(file.text, 'virtualenv', path);
  const owner = request.env.VIRTUALENV_CONFIG_FILE ? {} : ownership(file);
  return values && { path, prefix: 'virtualenv.', values, isShared: true, ...owner };
}

/** Where {@link readVirtualenvIni} looks; `undefined` for a user without a home directory. */
export function virtualenvIniPath({ env, cwd }: ConfigRequest): string | undefined {
  const named = env.VIRTUALENV_CONFIG_FILE;
  return named ? resolve(cwd, named) : inConfigDirectory(env, 'virtualenv', 'virtualenv.ini');
}

/** A file in the user's configuration directory of a program, where the platform has it. */
function inConfigDirectory(env: ConfigRequest['env'], program: string, file: string): string | undefined {
  const home = homeDirectory(env);
  if (process.platform === 'win32') {
    const local = env.LOCALAPPDATA || (home && join(home, 'AppData', 'Local'));
    return local && join(local, ...(program === 'virtualenv' ? ['pypa', program] : [program]), file);
  }
  const xdg = xdgDirectory(env.XDG_CONFIG_HOME);
  if (xdg !== undefined) return join(xdg, program, file);
  return (
    home &&
    join(home, ...(process.platform === 'darwin' ? ['Library', 'Application Support'] : ['.config']), program, file)
  );
}

/**
 * What to think of a file that was found and not named: another user may have put it above the cwd, or below a home
 * that is another user's (`sudo -E`). Root's files are those of the machine; and a project as a whole may belong to
 * another user (one that is mounted into a container): then its file belongs to the owner of the cwd.
 */
function ownership({ uid }: SmallFile, cwd?: string): Pick<ConfigTable, 'isForeign'> {
  if (process.getuid === undefined || uid === 0 || uid === process.getuid()) return {};
  return cwd !== undefined && ownerOf(cwd) === uid ? {} : { isForeign: true };
}

function ownerOf(directory: string): number | undefined {
  try {
    return statSync(directory).uid;
  } catch {
    return undefined;
  }
}

/** A file as it is; `undefined` where no regular file can be read, since nothing has to be there. */
function read(path: string): SmallFile | undefined {
  try {
    return readSmallFile(path);
  } catch (error) {
    if (isVivariumError(error)) throw error;
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
