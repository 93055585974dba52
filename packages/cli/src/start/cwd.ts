import { isAbsolute } from 'node:path';
import { VivariumError } from '@vivarium/core/host';

/**
 * Stands for a cwd that was deleted. Nothing can exist below it on any system that lets a cwd be deleted, so that what is
 * relative is not found, or can't be created, and absolute paths work.
 */
const DELETED_CWD = '/dev/null/deleted-cwd';

let isDeleted = false;

/** The cwd of the process, or {@link DELETED_CWD}. */
export function currentDirectory(): string {
  if (isDeleted) return DELETED_CWD;
  try {
    return process.cwd();
  } catch {
    isDeleted = true;
    // Parts of Node that only want to start from somewhere fail without one, and so do programs that are started.
    process.chdir('/');
    return DELETED_CWD;
  }
}

/**
 * Refuses a relative path where there is no cwd that it is relative to.
 *
 * @throws VivariumError `CWD_NOT_FOUND` (exit code 2)
 */
export function assertReachable(path: string, cwd: string): void {
  if (cwd !== DELETED_CWD || isAbsolute(path)) return;
  throw new VivariumError('CWD_NOT_FOUND', `The cwd was deleted, so that \`${path}\` can't be reached`, {
    hint: 'Change to another directory, or give an absolute path.',
  });
}
