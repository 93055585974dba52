import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

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
  const xdg = env.XDG_DATA_HOME;
  // The specification wants relative values ignored.
  if (xdg && posix.isAbsolute(xdg)) return posix.join(xdg, 'vivarium');
  const home = env.HOME || homeOfUser();
  if (!home || !posix.isAbsolute(home)) return undefined;
  return platform === 'darwin'
    ? posix.join(home, 'Library', 'Application Support', 'vivarium')
    : posix.join(home, '.local', 'share', 'vivarium');
}

// A user without HOME usually has an entry in the user database; one without either has no home.
function homeOfUser(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}
