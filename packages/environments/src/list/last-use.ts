import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { FoundLayout } from '../inspect/inspection.ts';

/**
 * When an environment was last used, as far as the file system tells: Python lists the directory of packages when it
 * starts, and installing changes it. On file systems that keep no time of reading it is when something was last installed;
 * most others note the first reading of a day alone.
 *
 * @returns milliseconds since 1970
 */
export function lastUse(directory: string, { scripts, sitePackages }: FoundLayout): number | undefined {
  const times = [...sitePackages, scripts].flatMap((path) => {
    try {
      const { atimeMs, mtimeMs } = statSync(join(directory, path));
      return path === scripts ? [mtimeMs] : [atimeMs, mtimeMs];
    } catch {
      return [];
    }
  });
  return times.length === 0 ? undefined : Math.max(...times);
}
