import { win32 } from 'node:path';

/**
 * The executables that `py --list-paths` prints, in its order, which is newest first. A line has a tag, a star at the
 * default (before or after the path), and the path; that of an environment that is active comes without a tag.
 */
export function parseLauncherList(output: string): readonly string[] {
  const paths = output.split(/\r?\n/).flatMap((line) => {
    const start = line.search(/(?<=^|[\s"])(?:[a-z]:|\\\\)[\\/]/i);
    const end = line.toLowerCase().lastIndexOf('.exe') + '.exe'.length;
    if (start === -1 || end <= start || !/^"?(?:\s+\*)?\s*$/.test(line.slice(end))) return [];
    return [win32.normalize(line.slice(start, end))];
  });
  return [...new Set(paths)];
}
