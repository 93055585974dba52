import { readFileSync, realpathSync } from 'node:fs';
import { sep } from 'node:path';

/**
 * The mount points below a directory, absolute, by what the kernel says (proc_pid_mountinfo(5)). A file system that is
 * mounted a second time (`mount --bind`) has the same device number as the directory around it, so that nothing else
 * tells. None where there is no such list.
 */
export function mountPointsBelow(directory: string): ReadonlySet<string> {
  let table: string;
  let root: string;
  try {
    table = readFileSync('/proc/self/mountinfo', 'utf8');
    root = realpathSync.native(directory);
  } catch {
    return new Set();
  }
  const points = table.split('\n').map((line) => decode(line.split(' ')[4] ?? ''));
  return new Set(points.filter((point) => point.startsWith(root + sep)));
}

// Blanks, tabs, line breaks and backslashes are written as three octal digits.
function decode(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
}
