import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaultCacheDirectory } from '@vivarium/core/host';
import { homeDirectory, readSmallFile, xdgDirectory } from '@vivarium/core/internal';

/** Where environments are that some program keeps. */
export interface KnownPlace {
  readonly directory: string;
  /** How many levels below it environments are: 0 where it is one itself. */
  readonly depth: number;
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The directories in which programs keep environments, by their documentation and the variables that move them: central
 * environments of vivarium, virtualenvwrapper, pipenv, poetry, pipx, hatch, pdm, uv tools, pyenv-virtualenv, and what conda
 * has written down. They need not exist.
 */
export function knownPlaces(env: Variables, platform: NodeJS.Platform = process.platform): readonly KnownPlace[] {
  const home = homeDirectory(env, platform);
  if (home === undefined) return [];
  const data = dataDirectory(env, home, platform);
  const cache = cacheDirectory(env, home, platform);
  const central = defaultCacheDirectory(env, platform);
  const places: readonly (readonly [directory: string | undefined, depth: number])[] = [
    [central && `${central}-environments`, 1],
    [env.WORKON_HOME || join(home, '.virtualenvs'), 1],
    [platform === 'win32' ? join(home, '.virtualenvs') : join(data, 'virtualenvs'), 1],
    [env.POETRY_VIRTUALENVS_PATH || join(cache, 'pypoetry', 'virtualenvs'), 1],
    [join(env.PIPX_HOME || join(data, 'pipx'), 'venvs'), 1],
    [join(home, '.local', 'pipx', 'venvs'), 1],
    [join(data, 'hatch', 'env', 'virtual'), 3],
    [join(data, 'pdm', 'venvs'), 1],
    [env.UV_TOOL_DIR || join(data, 'uv', 'tools'), 1],
    [join(env.PYENV_ROOT || join(home, '.pyenv'), 'versions'), 1],
    ...condaEnvironments(home).map((directory) => [directory, 0] as const),
  ];
  const seen = new Set<string>();
  return places.flatMap(([directory, depth]) => {
    if (!directory || seen.has(directory)) return [];
    seen.add(directory);
    return [{ directory, depth }];
  });
}

/** A line for each environment that conda has created. */
function condaEnvironments(home: string): readonly string[] {
  try {
    const text = readSmallFile(join(home, '.conda', 'environments.txt'))?.text ?? '';
    return text.split(/\r?\n/).filter((line) => line.startsWith('/') || /^[A-Za-z]:\\/.test(line));
  } catch {
    return [];
  }
}

function dataDirectory(env: Variables, home: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return xdgDirectory(env.XDG_DATA_HOME) ?? join(home, '.local', 'share');
}

function cacheDirectory(env: Variables, home: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return env.LOCALAPPDATA ?? join(home, 'AppData', 'Local');
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  return xdgDirectory(env.XDG_CACHE_HOME) ?? join(home, '.cache');
}

/** The directories that may be environments at a known place. */
export function candidatesAt({ directory, depth }: KnownPlace): readonly string[] {
  if (depth === 0) return [directory];
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => candidatesAt({ directory: join(directory, name), depth: depth - 1 }));
  } catch {
    return [];
  }
}
