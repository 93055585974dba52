import { existsSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Answer } from '../probe/answer.ts';

/**
 * The executable to base an environment on, from the one that was started. A link to the executable alone
 * (`~/bin/python3`) is followed to the installation that it leads to; links of directories are kept, since a tree that
 * is reached by a link (`/opt/python/current`) is meant to be reached by it. Windows has no such links, and in a
 * framework build of macOS they belong to the installation.
 */
export function systemExecutableOf(executable: string, answer: Answer): string {
  if (answer.os === 'nt' || answer.framework !== undefined) return executable;
  let current = executable;
  while (!hasLandmark(dirname(current), answer)) {
    const next = follow(current);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

/** Whether the standard library is where an executable in this directory looks for it. */
function hasLandmark(directory: string, { scheme }: Answer): boolean {
  const { stdlib } = scheme;
  const places = new Set([stdlib, stdlib.replace(/^lib64\//, 'lib/'), stdlib.replace(/^lib\//, 'lib64/')]);
  return [...places].some((place) => existsSync(join(directory, '..', place, 'os.py')));
}

/** One link further, unless a `..` in it means another directory once the links before it are resolved. */
function follow(path: string): string | undefined {
  try {
    const next = resolve(dirname(path), readlinkSync(path));
    return realpathSync.native(next) === realpathSync.native(path) ? next : undefined;
  } catch {
    return undefined;
  }
}
