import { win32 } from 'node:path';

/**
 * The executables that `py --list-paths` prints, in its order, which is newest first. A line has a tag, a star at the
 * default (before or after the path), and the path; that of an environment that is active comes without a tag.
 */
export function parseLauncherList(output: string): readonly string[] {
  const paths = output.split(/\r?\n/).flatMap((line) => {
    const path = /(?:^|\s)"?(?<path>(?:[a-z]:|\\\\)[\\/].*?\.exe)"?(?:\s+\*)?\s*$/i.exec(line)?.groups?.path;
    return path === undefined ? [] : [win32.normalize(path)];
  });
  return [...new Set(paths)];
}
