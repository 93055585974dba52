import { existsSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { dirname, join, parse, sep } from 'node:path';
import { REPOSITORY_MARKS } from './repository-marks.ts';

const HOME_PARENTS = ['/home', '/Users', 'C:\\Users'];

/**
 * Why a directory is never deleted, whatever flags are given: the root of a file system, a home directory or what holds
 * one, the root of a repository. The answer completes "… because".
 */
export function whyProtected(directory: string): string | undefined {
  if (parse(directory).root === directory) return 'it is the root of a file system';
  for (const home of homes()) {
    if (directory === home) return 'it is a home directory';
    if (home.startsWith(directory + sep)) return `a home directory (${home}) is inside`;
  }
  if (HOME_PARENTS.includes(dirname(directory)) || directory === '/root') return 'it is a home directory';
  if (HOME_PARENTS.includes(directory)) return 'home directories are there';
  const mark = REPOSITORY_MARKS.find((name) => existsSync(join(directory, name)));
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
