import { lstatSync, statSync } from 'node:fs';

const isWindows = process.platform === 'win32';

/** Whether a file that may be executed is at a path, links followed. Windows goes by the extension and not by bits. */
export function isExecutableFile(path: string): boolean {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() === true && (isWindows || (stats.mode & 0o111) !== 0);
  } catch {
    return isWindows && isLink(path);
  }
}

/** The aliases of the Microsoft Store are links that can't be followed, and yet can be started. */
function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}

/** Whether a directory is at a path, links followed. */
export function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
