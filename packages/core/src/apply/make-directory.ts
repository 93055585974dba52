import { mkdirSync, statSync } from 'node:fs';
import { posix } from 'node:path';
import { systemCode } from '../error.ts';

/**
 * Creates a directory below a root, and those between them. The root itself is never created: where it is gone,
 * another process has removed it.
 *
 * @param path relative to the root, with `/`
 * @throws the system's error; `ENOENT` when the root is missing
 */
export function makeDirectory(root: string, path: string): void {
  try {
    mkdirSync(`${root}/${path}`);
  } catch (error) {
    const parent = posix.dirname(path);
    if (systemCode(error) === 'ENOENT' && parent !== '.') {
      makeDirectory(root, parent);
      mkdirSync(`${root}/${path}`);
    } else if (!isDirectory(`${root}/${path}`)) throw error;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
