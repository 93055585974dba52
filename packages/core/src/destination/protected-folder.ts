import { existsSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join, parse, sep } from 'node:path';

const REPOSITORY_MARKS = ['.git', '.hg', '.svn', '.jj', '.bzr'];
const FOLDERS_OF_HOMES = ['/home', '/Users', '/root', 'C:\\Users'];

/**
 * Why a folder is never deleted, whatever flags are given: the root of a file system, a home folder or what holds one,
 * the root of a repository. The answer completes "… because".
 */
export function whyProtected(folder: string): string | undefined {
  if (parse(folder).root === folder) return 'it is the root of a file system';
  for (const home of homes()) {
    if (folder === home) return 'it is a home folder';
    if (home.startsWith(folder + sep)) return `a home folder (${home}) is inside`;
  }
  if (FOLDERS_OF_HOMES.includes(dirname(folder)) && dirname(folder) !== '/root') return 'it is a home folder';
  if (FOLDERS_OF_HOMES.includes(folder)) return 'home folders are there';
  const mark = REPOSITORY_MARKS.find((name) => existsSync(join(folder, name)));
  return mark === undefined ? undefined : `it is the root of a repository (it has ${mark})`;
}

function homes(): readonly string[] {
  const found = new Set<string>();
  for (const ask of [() => process.env.HOME, homedir, () => userInfo().homedir]) {
    try {
      const home = ask();
      if (home) found.add(realpathSync(home));
    } catch {
      // A user without an entry, or a home that isn't there: nothing to protect.
    }
  }
  return [...found].filter((home) => parse(home).root !== home);
}
