import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { systemCode } from '../error.ts';

/**
 * Creates a directory, and those above it, for this user alone. Node's own `recursive` never ends where the system says
 * that a parent is missing which does exist, as `/proc` does.
 *
 * @returns whether it was created; `false` when it exists
 */
export function createDirectory(path: string): boolean {
  try {
    return create(path);
  } catch (error) {
    const parent = dirname(path);
    if (systemCode(error) !== 'ENOENT' || parent === path) throw error;
    createDirectory(parent);
    return create(path);
  }
}

function create(path: string): boolean {
  try {
    mkdirSync(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
}
