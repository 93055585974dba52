import { lstatSync } from 'node:fs';
import { VivariumError } from '@vivarium/core/host';
import { assertRemovable } from './remove.ts';
import { putInTrash, restoreFromTrash, type Trash, type TrashEntry } from './trash.ts';

/** What `undo` did. */
export interface Undone {
  readonly restored: TrashEntry;
  /** The environment that was there in the meantime, which can be restored in its turn. */
  readonly replaced?: TrashEntry;
}

/**
 * Restores an environment that was removed or replaced. An environment that is at its place now goes into the trash;
 * anything else stays, and nothing is restored.
 *
 * @throws VivariumError `DESTINATION_TAKEN`, and what the guards of removal throw
 */
export function undoRemoval(entry: TrashEntry, trash: Trash): Undone {
  if (lstatSync(entry.path, { throwIfNoEntry: false }) === undefined) {
    restoreFromTrash(entry, trash);
    return { restored: entry };
  }
  assertRemovable({ directory: entry.path });
  const replaced = putInTrash({ content: entry.path, path: entry.path, removal: 'undo' }, { ...trash, keep: entry.id });
  if (replaced === undefined) {
    throw new VivariumError('DESTINATION_TAKEN', `${entry.path} is not restored, because an environment is there`, {
      hint: `Remove it: vivarium remove ${entry.path}`,
    });
  }
  try {
    restoreFromTrash(entry, trash);
  } catch (error) {
    restoreFromTrash(replaced, trash);
    throw error;
  }
  return { restored: entry, replaced };
}
