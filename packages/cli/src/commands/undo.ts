import { resolve } from 'node:path';
import { defineOptions, VivariumError } from '@vivarium/core/host';
import type { TrashEntry } from '@vivarium/environments';
import { envelope } from '../json/envelope.ts';
import { currentDirectory } from '../start/cwd.ts';
import { confirm } from '../terminal/confirm.ts';
import { print } from '../terminal/console.ts';
import type { Command } from './command.ts';
import { commonOptions } from './common-options.ts';
import { ownSettings } from './own-settings.ts';
import { assertNoMore } from './positionals.ts';
import { removalOptions } from './remove.ts';

const undoOptions = defineOptions({
  yes: removalOptions.yes,
  list: { type: 'boolean', default: false, help: 'print what can be restored and change nothing', group: 'Options' },
  ...commonOptions,
});

/** `vivarium undo [ENV]` */
export const command: Command = {
  description: [
    'Restores the environment that was removed last, or ENV: by `remove`, `prune`, or `create --clear`, within the last day.',
    'An environment that is at its place now is kept for a day in its turn.',
  ],
  options: () => undoOptions,
  completes: 'directories',
  run: undo,
};

async function undo(args: readonly string[]): Promise<void> {
  const { settings, positionals } = await ownSettings(args, { command: 'undo', options: undoOptions });
  assertNoMore(positionals, 1);
  const { openTrash, trashEntries, undoRemoval } = await import('@vivarium/environments');
  const trash = openTrash(process.env);
  const entries = trashEntries(trash);
  if (settings.list) {
    if (settings.json) return print(envelope('undo', { entries: entries.map(entryRow) }));
    return entries.length === 0 ? undefined : print(entries.map(entryLine).join('\n'));
  }
  const entry = chosen(entries, positionals[0]);
  if (!settings.yes && !(await confirm(`Restore ${entry.path}?`))) return;
  const { replaced } = undoRemoval(entry, trash);
  if (settings.json) return print(envelope('undo', { restored: entry.path, replaced: replaced !== undefined }));
  print(`restored ${entry.path}`);
  if (replaced !== undefined) print('what was there can be restored by another undo');
}

/** @throws VivariumError `TRASH_ENTRY_NOT_FOUND` */
function chosen(entries: readonly TrashEntry[], path: string | undefined): TrashEntry {
  const wanted = path === undefined ? undefined : resolve(currentDirectory(), path);
  const entry = entries.find((one) => wanted === undefined || one.path === wanted);
  if (entry !== undefined) return entry;
  throw new VivariumError(
    'TRASH_ENTRY_NOT_FOUND',
    wanted === undefined ? 'Nothing was removed in the last day' : `${wanted} was not removed in the last day`,
    { hint: '`vivarium undo --list` prints what can be restored.' },
  );
}

function entryRow({ path, removal, removedAt }: TrashEntry): object {
  return { path, removal, removedAt: new Date(removedAt).toISOString() };
}

function entryLine({ path, removal, removedAt }: TrashEntry): string {
  return `${new Date(removedAt).toISOString()}  ${removal.padEnd(6)}  ${path}`;
}
