import { statSync } from 'node:fs';

/** Whether a file that may be executed lies at a path, links followed. Windows goes by the extension and not by bits. */
export function isExecutableFile(path: string): boolean {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats?.isFile() === true && (process.platform === 'win32' || (stats.mode & 0o111) !== 0);
  } catch {
    return false;
  }
}

/** Whether a folder lies at a path, links followed. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}
