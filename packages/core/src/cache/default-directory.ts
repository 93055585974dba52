import { posix, win32 } from 'node:path';
import { homeDirectory, xdgDirectory } from '../home.ts';

/**
 * Where the cache is unless the user says otherwise: below `XDG_DATA_HOME` (XDG base directory specification), the
 * platform's own places on macOS and Windows. `undefined` where there is no home directory, or a relative one, which
 * would be another cache in each cwd.
 */
export function defaultCacheDirectory(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (platform === 'win32') {
    const base = env.LOCALAPPDATA ?? (env.USERPROFILE && win32.join(env.USERPROFILE, 'AppData', 'Local'));
    return base ? win32.join(base, 'vivarium') : undefined;
  }
  const xdg = xdgDirectory(env.XDG_DATA_HOME);
  if (xdg !== undefined) return posix.join(xdg, 'vivarium');
  const home = homeDirectory(env, platform);
  if (home === undefined) return undefined;
  return platform === 'darwin'
    ? posix.join(home, 'Library', 'Application Support', 'vivarium')
    : posix.join(home, '.local', 'share', 'vivarium');
}
