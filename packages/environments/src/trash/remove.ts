import { realpathSync } from 'node:fs';
import { VivariumError } from '@vivarium/core/host';
import { assertMayRemove, removeTree } from '@vivarium/core/internal';
import { putInTrash, type Trash, type TrashEntry } from './trash.ts';

/** How an environment is removed. */
export interface RemoveRequest {
  /** The environment, absolute. */
  readonly directory: string;
  readonly trash: Trash;
  /** Whether a repository in it goes with it. @default false */
  readonly force?: boolean;
}

/**
 * Whether an environment may be removed, by the same guards as `create --clear`: nothing that is not an environment, no home
 * directory, no root of a file system or of a repository, no installed Python, nothing in which a file system is mounted.
 *
 * @throws VivariumError `DESTINATION_PROTECTED`, `DESTINATION_CONTENT_PROTECTED`, `DESTINATION_NOT_ENVIRONMENT`
 */
export function assertRemovable({ directory, force = false }: Pick<RemoveRequest, 'directory' | 'force'>): void {
  assertMayRemove({ destination: realpathSync(directory), force });
}

/**
 * Removes an environment, so that it can be restored for a day. Where it can't be kept it is deleted.
 *
 * @returns the entry in the trash, if there is one
 * @throws VivariumError what {@link assertRemovable} throws, and `WRITE_FAILED`
 */
export function removeEnvironment({ directory, trash, force = false }: RemoveRequest): TrashEntry | undefined {
  assertRemovable({ directory, force });
  const real = realpathSync(directory);
  const entry = putInTrash({ content: real, path: real, removal: 'remove' }, trash);
  if (entry !== undefined) return entry;
  try {
    removeTree(real);
    return undefined;
  } catch (error) {
    throw new VivariumError('WRITE_FAILED', `Not everything in ${real} could be deleted`, {
      cause: error,
      hint: 'Check its permissions, and whether a program in it is running.',
    });
  }
}
