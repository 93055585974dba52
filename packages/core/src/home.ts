import { userInfo } from 'node:os';
import { posix, win32 } from 'node:path';

/**
 * The user's home directory: `HOME` (on Windows `USERPROFILE`), else the one in the user database. `undefined` for a user
 * without either, who has no place of their own for a cache or a configuration, and for a relative one, which would be
 * another home in each cwd. It need not exist.
 */
export function homeDirectory(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const { isAbsolute } = platform === 'win32' ? win32 : posix;
  const home = env[platform === 'win32' ? 'USERPROFILE' : 'HOME'] || homeOfUser();
  return home && isAbsolute(home) ? home : undefined;
}

/** An absolute directory out of a variable of the XDG base directory specification, which wants relative values ignored. */
export function xdgDirectory(value: string | undefined): string | undefined {
  return value && posix.isAbsolute(value) ? value : undefined;
}

// Node throws for a user without an entry in the user database.
function homeOfUser(): string | undefined {
  try {
    return userInfo().homedir;
  } catch {
    return undefined;
  }
}
